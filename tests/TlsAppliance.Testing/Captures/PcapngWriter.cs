using TlsAppliance.Network.Frames;

namespace TlsAppliance.Testing.Captures;

/// <summary>Writes pcapng files block by block: several sections, byte orders, interfaces, clocks, every kind of packet block, and blocks and options nobody knows.</summary>
public sealed class PcapngWriter
{
    public const uint SectionHeaderBlock = 0x0a0d0d0a;
    public const uint InterfaceDescriptionBlock = 1;
    public const uint ObsoletePacketBlock = 2;
    public const uint SimplePacketBlock = 3;
    public const uint NameResolutionBlock = 4;
    public const uint InterfaceStatisticsBlock = 5;
    public const uint EnhancedPacketBlock = 6;
    public const uint DecryptionSecretsBlock = 10;
    public const uint CustomBlock = 0x0bad;

    public const byte Microseconds = 6;
    public const byte Nanoseconds = 9;

    private const uint ByteOrderMagic = 0x1a2b3c4d;
    private const int BlockOverhead = 12;

    private readonly WireBuffer _bytes = new(bigEndian: false);
    private readonly List<(byte Resolution, long OffsetSeconds)> _clocks = [];

    /// <summary>Length so far: where the next block begins.</summary>
    public int Length => _bytes.Length;

    /// <summary>One section of these frames, with an interface of nanoseconds for each link type and interface ordinal in them.</summary>
    public static byte[] Build(IReadOnlyCollection<RecordedFrame> frames, bool bigEndian = false)
    {
        PcapngWriter writer = new PcapngWriter().WriteSection(bigEndian);
        int interfaces = frames.Count == 0 ? 1 : frames.Max(frame => frame.Interface) + 1;
        for (int i = 0; i < interfaces; i++)
        {
            writer.WriteInterface(frames.FirstOrDefault(frame => frame.Interface == i)?.LinkType ?? LinkType.Ethernet, resolution: Nanoseconds);
        }

        foreach (RecordedFrame frame in frames)
        {
            writer.WriteEnhanced(frame);
        }

        return writer.ToArray();
    }

    /// <summary>Starts a section: its byte order holds from here on, and interfaces count from 0 again.</summary>
    public PcapngWriter WriteSection(bool bigEndian = false, ushort major = 1, ReadOnlySpan<byte> options = default)
    {
        _bytes.IsBigEndian = bigEndian;
        _clocks.Clear();
        return WriteBlock(SectionHeaderBlock, Body().UInt32(ByteOrderMagic).UInt16(major).UInt16(0).UInt64(ulong.MaxValue).Bytes(options));
    }

    /// <param name="linkType">Of all frames of the interface.</param>
    /// <param name="snapLength">0 for none.</param>
    /// <param name="resolution">if_tsresol: 10 to the minus n, or with the highest bit set 2 to the minus n.</param>
    /// <param name="offsetSeconds">if_tsoffset.</param>
    /// <param name="options">More options, already encoded (<see cref="Option"/>); they come first.</param>
    public PcapngWriter WriteInterface(
        LinkType linkType = LinkType.Ethernet, uint snapLength = 0, byte resolution = Microseconds, long offsetSeconds = 0, ReadOnlySpan<byte> options = default)
    {
        _clocks.Add((resolution, offsetSeconds));
        WireBuffer body = Body().UInt16((ushort)linkType).UInt16(0).UInt32(snapLength).Bytes(options);
        if (resolution != Microseconds)
        {
            body.Bytes(Option(9, [resolution]));
        }

        if (offsetSeconds != 0)
        {
            body.Bytes(Option(14, Body().UInt64((ulong)offsetSeconds).ToArray()));
        }

        return WriteBlock(InterfaceDescriptionBlock, body.Bytes(Option(0, [])));
    }

    /// <summary>An option in the byte order of the current section.</summary>
    public byte[] Option(ushort code, ReadOnlySpan<byte> value) => Body().UInt16(code).UInt16((ushort)value.Length).Bytes(value).Pad().ToArray();

    public PcapngWriter WriteEnhanced(RecordedFrame frame, ReadOnlySpan<byte> options = default) =>
        WriteEnhanced((uint)frame.Interface, Ticks(frame), (uint)frame.Bytes.Length, (uint)frame.LengthOnWire, frame.Bytes, options);

    /// <summary>An enhanced packet block with exactly these fields, true or not.</summary>
    public PcapngWriter WriteEnhanced(
        uint interfaceId, ulong ticks, uint capturedLength, uint wireLength, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> options = default) =>
        WriteBlock(
            EnhancedPacketBlock,
            Body().UInt32(interfaceId).UInt32((uint)(ticks >> 32)).UInt32((uint)ticks).UInt32(capturedLength).UInt32(wireLength).Bytes(bytes).Pad().Bytes(options));

    public PcapngWriter WriteObsolete(RecordedFrame frame)
    {
        ulong ticks = Ticks(frame);
        return WriteBlock(
            ObsoletePacketBlock,
            Body().UInt16((ushort)frame.Interface).UInt16(0xffff).UInt32((uint)(ticks >> 32)).UInt32((uint)ticks)
                .UInt32((uint)frame.Bytes.Length).UInt32((uint)frame.LengthOnWire).Bytes(frame.Bytes).Pad());
    }

    /// <summary>A frame of the first interface, without a time of its own.</summary>
    public PcapngWriter WriteSimple(ReadOnlySpan<byte> bytes, uint wireLength) =>
        WriteBlock(SimplePacketBlock, Body().UInt32(wireLength).Bytes(bytes).Pad());

    /// <summary>Any block; the body is padded.</summary>
    public PcapngWriter WriteBlock(uint type, ReadOnlySpan<byte> body) => WriteBlock(type, Body().Bytes(body));

    private PcapngWriter WriteBlock(uint type, WireBuffer body)
    {
        byte[] bytes = body.Pad().ToArray();
        uint length = (uint)(bytes.Length + BlockOverhead);
        _bytes.UInt32(type).UInt32(length).Bytes(bytes).UInt32(length);
        return this;
    }

    /// <summary>A block with exactly these lengths, true or not.</summary>
    public PcapngWriter WriteBlock(uint type, uint length, ReadOnlySpan<byte> body, uint trailer)
    {
        _bytes.UInt32(type).UInt32(length).Bytes(body).UInt32(trailer);
        return this;
    }

    public byte[] ToArray() => _bytes.ToArray();

    private WireBuffer Body() => new(_bytes.IsBigEndian);

    /// <summary>The time in the interface's unit, rounded down.</summary>
    private ulong Ticks(RecordedFrame frame)
    {
        (byte resolution, long offsetSeconds) = _clocks[frame.Interface];
        Int128 nanoseconds = (Int128)frame.Timestamp - ((Int128)offsetSeconds * 1_000_000_000);
        Int128 ticksPerSecond = (resolution & 0x80) != 0 ? Int128.One << (resolution & 0x7f) : (Int128)Math.Pow(10, resolution);
        return (ulong)(nanoseconds * ticksPerSecond / 1_000_000_000);
    }
}
