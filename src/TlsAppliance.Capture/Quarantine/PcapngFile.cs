using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Quarantine;

/// <summary>A whole pcapng file in memory (draft-ietf-opsawg-pcapng): one section, one interface per link type, nanoseconds, a comment where a frame is made up.</summary>
internal sealed class PcapngFile
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const ushort Comment = 1;
    private const ushort TimeUnit = 9;
    private const byte Nanoseconds = 9;
    private const int Alignment = 4;
    private const int BlockOverhead = 12;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<LinkType> _interfaces = [];

    private PcapngFile()
    {
        var body = new ArrayBufferWriter<byte>();
        UInt32(body, ByteOrderMagic);
        UInt16(body, 1);
        UInt16(body, 0);
        UInt32(body, uint.MaxValue);
        UInt32(body, uint.MaxValue);
        Block(SectionHeader, body.WrittenSpan);
    }

    public static byte[] Of(IReadOnlyList<HeldFrame> held, in CapturedFrame frame)
    {
        var file = new PcapngFile();
        foreach (HeldFrame part in held)
        {
            file.Packet(part.Bytes, part.Timestamp, part.Bytes.Length, part.LinkType, "made up around bytes that were held of the connection");
        }

        if (!frame.Bytes.IsEmpty)
        {
            file.Packet(frame.Bytes, frame.Timestamp, frame.WireLength, frame.LinkType, "the frame at which the connection failed");
        }

        return file._bytes.WrittenSpan.ToArray();
    }

    private void Packet(ReadOnlySpan<byte> bytes, long timestamp, int wireLength, LinkType linkType, string comment)
    {
        int capture = InterfaceOf(linkType);
        var body = new ArrayBufferWriter<byte>();
        UInt32(body, (uint)capture);
        UInt32(body, (uint)(timestamp >>> 32));
        UInt32(body, (uint)timestamp);
        UInt32(body, (uint)bytes.Length);
        UInt32(body, (uint)wireLength);
        Padded(body, bytes);
        Option(body, Comment, Encoding.UTF8.GetBytes(comment));
        Option(body, 0, default);
        Block(EnhancedPacket, body.WrittenSpan);
    }

    private int InterfaceOf(LinkType linkType)
    {
        int known = _interfaces.IndexOf(linkType);
        if (known >= 0)
        {
            return known;
        }

        var body = new ArrayBufferWriter<byte>();
        UInt16(body, (ushort)linkType);
        UInt16(body, 0);
        UInt32(body, 0);
        Option(body, TimeUnit, [Nanoseconds]);
        Option(body, 0, default);
        Block(InterfaceDescription, body.WrittenSpan);
        _interfaces.Add(linkType);
        return _interfaces.Count - 1;
    }

    private void Block(uint type, ReadOnlySpan<byte> body)
    {
        UInt32(_bytes, type);
        UInt32(_bytes, (uint)(body.Length + BlockOverhead));
        _bytes.Write(body);
        UInt32(_bytes, (uint)(body.Length + BlockOverhead));
    }

    private static void Option(ArrayBufferWriter<byte> output, ushort code, ReadOnlySpan<byte> value)
    {
        UInt16(output, code);
        UInt16(output, (ushort)value.Length);
        Padded(output, value);
    }

    private static void Padded(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        output.Write(new byte[-bytes.Length & (Alignment - 1)]);
    }

    private static void UInt16(ArrayBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(output.GetSpan(sizeof(ushort)), value);
        output.Advance(sizeof(ushort));
    }

    private static void UInt32(ArrayBufferWriter<byte> output, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }
}
