using System.Buffers.Binary;
using TlsAppliance.Capture.Live.Native;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Live;

/// <summary>One frame as the kernel lays it into the ring, told as a <see cref="FrameRecord"/>.</summary>
internal static unsafe class RingFrame
{
    private const uint HasVlanTag = 1 << 4;
    private const uint HasVlanProtocol = 1 << 6;
    private const ushort VlanProtocol = 0x8100;
    private const int VlanTagLength = 4;
    private const int AddressesLength = 12;

    /// <summary>Bytes that the kernel is asked to leave before each frame, for the tag.</summary>
    public const int HeadRoom = VlanTagLength;

    /// <param name="block">The block of the ring that it lies in.</param>
    /// <param name="offset">Offset of its header there.</param>
    /// <param name="linkType">What it begins with.</param>
    /// <param name="captureInterface">Ordinal of the interface.</param>
    public static FrameRecord Read(byte* block, uint offset, LinkType linkType, ushort captureInterface)
    {
        var header = (FrameHeader*)(block + offset);
        var record = new FrameRecord
        {
            Timestamp = header->Seconds * 1_000_000_000L + header->Nanoseconds,
            Offset = (int)(offset + header->MacOffset),
            Length = (int)header->CapturedLength,
            WireLength = (int)header->Length,
            LinkType = linkType,
            Interface = captureInterface,
        };
        if ((header->Status & HasVlanTag) != 0 && linkType == LinkType.Ethernet && record.Length >= AddressesLength)
        {
            PutTagBack(block, header, ref record);
        }

        return record;
    }

    /// <summary>The kernel takes the outermost tag out of the frame; here it goes back to where it was, into the head room.</summary>
    private static void PutTagBack(byte* block, FrameHeader* header, ref FrameRecord record)
    {
        byte* frame = block + record.Offset;
        new Span<byte>(frame, AddressesLength).CopyTo(new Span<byte>(frame - VlanTagLength, AddressesLength));
        byte* tag = frame - VlanTagLength + AddressesLength;
        ushort protocol = (header->Status & HasVlanProtocol) != 0 ? header->VlanProtocol : VlanProtocol;
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(tag, sizeof(ushort)), protocol);
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(tag + sizeof(ushort), sizeof(ushort)), (ushort)header->VlanTag);
        record.Offset -= VlanTagLength;
        record.Length += VlanTagLength;
        record.WireLength += VlanTagLength;
    }
}
