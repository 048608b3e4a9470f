using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Files;

/// <summary>
/// The capture file of blocks (draft-ietf-opsawg-pcapng): every block is type, total length, body, total length again. A section header sets the
/// byte order and forgets the interfaces; an interface description gives link type and clock; packet blocks refer to it. All other blocks are
/// passed over, however long. A block whose lengths are wrong is damage, because nothing after it can be found; a bad option is not.
/// </summary>
internal sealed class PcapngFormat : CaptureFormat
{
    private const uint SectionHeaderBlock = 0x0a0d0d0a;
    private const uint InterfaceDescriptionBlock = 1;
    private const uint ObsoletePacketBlock = 2;
    private const uint SimplePacketBlock = 3;
    private const uint EnhancedPacketBlock = 6;

    private const uint ByteOrderMagic = 0x1a2b3c4d;
    private const ushort SupportedMajorVersion = 1;

    /// <summary>Type and total length.</summary>
    private const int BlockHeaderLength = 8;
    private const int LengthOffset = 4;
    private const int TrailerLength = 4;
    private const int SmallestBlock = BlockHeaderLength + TrailerLength;

    /// <summary>A block that must be in memory as a whole may be this long; Wireshark has the same bound.</summary>
    private const int LargestReadBlock = 16 << 20;

    /// <summary>Interfaces of one file, so that a file of descriptions alone stays bounded in memory.</summary>
    private const int MaximumInterfaces = 65_536;

    // Section header block: byte-order magic, version, section length (not needed: blocks are walked one by one), options.
    private const int ByteOrderOffset = 8;
    private const int MajorVersionOffset = 12;
    private const int SmallestSectionHeader = 28;

    // Interface description block: link type, reserved, snapshot length, options.
    private const int LinkTypeOffset = 8;
    private const int SnapLengthOffset = 12;
    private const int InterfaceOptionsOffset = 16;
    private const int SmallestInterfaceDescription = 20;

    // Enhanced and obsolete packet block: interface (the obsolete one: 16 bits and a drop count), time in two halves, lengths, frame, options.
    private const int InterfaceOffset = 8;
    private const int TimestampHighOffset = 12;
    private const int TimestampLowOffset = 16;
    private const int CapturedLengthOffset = 20;
    private const int WireLengthOffset = 24;
    private const int FrameOffset = 28;
    private const int SmallestPacketBlock = FrameOffset + TrailerLength;

    // Simple packet block: length on the wire, frame.
    private const int SimpleWireLengthOffset = 8;
    private const int SimpleFrameOffset = 12;
    private const int SmallestSimplePacketBlock = SimpleFrameOffset + TrailerLength;

    private const int OptionHeaderLength = 4;
    private const ushort EndOfOptions = 0;
    private const ushort TimestampResolutionOption = 9;
    private const ushort TimestampOffsetOption = 14;

    private readonly List<PcapngInterface> _interfaces = [];
    private int _interfacesOfEarlierSections;
    private long _lastTimestamp;

    /// <summary>Total length of the block that is being passed over, 0 when none is.</summary>
    private uint _passedBlockLength;

    private PcapngFormat() => Needed = SmallestSectionHeader;

    public static PcapngFormat? TryCreate(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes) == SectionHeaderBlock ? new PcapngFormat() : null;

    public override int Index(ReadOnlySpan<byte> bytes, FrameBlock block)
    {
        int position = 0;
        while (Damage is null)
        {
            int consumed = _passedBlockLength != 0 ? PassOver(bytes[position..]) : ReadBlock(bytes, position, block);
            if (consumed == 0)
            {
                break;
            }

            position += consumed;
        }

        return position;
    }

    /// <summary>Reads the block at <paramref name="position"/>. Returns its length, or 0 when it is not whole yet or damaged.</summary>
    private int ReadBlock(ReadOnlySpan<byte> bytes, int position, FrameBlock block)
    {
        ReadOnlySpan<byte> rest = bytes[position..];
        Needed = SmallestBlock;
        if (rest.Length < SmallestBlock || !TryReadLength(rest, out uint type, out uint length))
        {
            return 0;
        }

        if (!IsRead(type))
        {
            _passedBlockLength = length;
            return PassOver(rest);
        }

        if (rest.Length < length)
        {
            Needed = (int)length;
            return 0;
        }

        if (!IsTrailerEqual(rest, (int)length - TrailerLength, length))
        {
            return 0;
        }

        ReadBody(type, rest[..(int)length], position, block);
        return Damage is null ? (int)length : 0;
    }

    private bool TryReadLength(ReadOnlySpan<byte> rest, out uint type, out uint length)
    {
        type = ReadUInt32(rest, 0);
        if (type == SectionHeaderBlock && !TryReadByteOrder(rest))
        {
            length = 0;
            return false;
        }

        length = ReadUInt32(rest, LengthOffset);
        Damage = DescribeLength(type, length);
        return Damage is null;
    }

    private bool TryReadByteOrder(ReadOnlySpan<byte> rest)
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(rest[ByteOrderOffset..]);
        IsBigEndian = magic != ByteOrderMagic;
        if (IsBigEndian && BinaryPrimitives.ReverseEndianness(magic) != ByteOrderMagic)
        {
            Damage = $"section header has no byte order (0x{magic:x8})";
        }

        return Damage is null;
    }

    private static string? DescribeLength(uint type, uint length)
    {
        if (length % 4 != 0)
        {
            return $"block length {length} is not a multiple of 4";
        }

        if (length < SmallestLength(type))
        {
            return $"block length {length} is too small for a block of type 0x{type:x}";
        }

        return IsRead(type) && length > LargestReadBlock ? $"block length {length} is over {LargestReadBlock}" : null;
    }

    private static bool IsRead(uint type) => SmallestLength(type) != SmallestBlock;

    private static int SmallestLength(uint type) => type switch
    {
        EnhancedPacketBlock or ObsoletePacketBlock => SmallestPacketBlock,
        SimplePacketBlock => SmallestSimplePacketBlock,
        InterfaceDescriptionBlock => SmallestInterfaceDescription,
        SectionHeaderBlock => SmallestSectionHeader,
        _ => SmallestBlock,
    };

    private bool IsTrailerEqual(ReadOnlySpan<byte> rest, int offset, uint length)
    {
        uint trailer = ReadUInt32(rest, offset);
        if (trailer != length)
        {
            Damage = $"block length {length} is repeated as {trailer} at its end";
        }

        return Damage is null;
    }

    /// <summary>Name resolution, statistics, secrets, custom and unknown blocks: only their closing length is looked at.</summary>
    private int PassOver(ReadOnlySpan<byte> rest)
    {
        long body = _passedBlockLength - TrailerLength - Skipped;
        int step = (int)Math.Min(body, rest.Length);
        if (step < body || rest.Length - step < TrailerLength)
        {
            Skipped += step;
            Needed = TrailerLength;
            return step;
        }

        if (!IsTrailerEqual(rest, step, _passedBlockLength))
        {
            return 0;
        }

        _passedBlockLength = 0;
        Skipped = 0;
        return step + TrailerLength;
    }

    private void ReadBody(uint type, ReadOnlySpan<byte> body, int position, FrameBlock block)
    {
        switch (type)
        {
            case EnhancedPacketBlock:
                ReadPacket(body, ReadUInt32(body, InterfaceOffset), position, block);
                break;
            case ObsoletePacketBlock:
                ReadPacket(body, ReadUInt16(body, InterfaceOffset), position, block);
                break;
            case SimplePacketBlock:
                ReadSimplePacket(body, position, block);
                break;
            case InterfaceDescriptionBlock:
                ReadInterface(body);
                break;
            default:
                ReadSectionHeader(body);
                break;
        }
    }

    private void ReadPacket(ReadOnlySpan<byte> body, uint interfaceId, int position, FrameBlock block)
    {
        uint captured = ReadUInt32(body, CapturedLengthOffset);
        if (!IsInterfaceKnown(interfaceId) || !IsFrameLengthRight(captured, body.Length - SmallestPacketBlock))
        {
            return;
        }

        PcapngInterface captureInterface = _interfaces[(int)interfaceId];
        ulong ticks = ((ulong)ReadUInt32(body, TimestampHighOffset) << 32) | ReadUInt32(body, TimestampLowOffset);
        _lastTimestamp = captureInterface.Unit.ToNanoseconds(ticks);
        Add(block, captureInterface, position + FrameOffset, (int)captured, ReadUInt32(body, WireLengthOffset));
    }

    /// <summary>A simple packet block has no time: it gets that of the frame before it (0 for the first), so that order and clock stay as they were.</summary>
    private void ReadSimplePacket(ReadOnlySpan<byte> body, int position, FrameBlock block)
    {
        if (!IsInterfaceKnown(0))
        {
            return;
        }

        PcapngInterface captureInterface = _interfaces[0];
        uint wireLength = ReadUInt32(body, SimpleWireLengthOffset);
        uint captured = Math.Min(wireLength, (uint)(body.Length - SmallestSimplePacketBlock));
        if (captureInterface.SnapLength != 0)
        {
            captured = Math.Min(captured, captureInterface.SnapLength);
        }

        if (IsFrameLengthRight(captured, body.Length - SmallestSimplePacketBlock))
        {
            Add(block, captureInterface, position + SimpleFrameOffset, (int)captured, wireLength);
        }
    }

    private bool IsInterfaceKnown(uint interfaceId)
    {
        if (interfaceId >= _interfaces.Count)
        {
            Damage = $"frame of interface {interfaceId}, of which there is no description";
        }

        return Damage is null;
    }

    private bool IsFrameLengthRight(uint captured, int room)
    {
        if (captured > MaximumFrameLength)
        {
            Damage = $"captured length {captured} is over {MaximumFrameLength}";
        }
        else if (captured > room)
        {
            Damage = $"captured length {captured} is over the {room} bytes of its block";
        }

        return Damage is null;
    }

    private void Add(FrameBlock block, in PcapngInterface captureInterface, int offset, int captured, uint wireLength) =>
        block.Add(new FrameRecord
        {
            Timestamp = _lastTimestamp,
            Offset = offset,
            Length = captured,
            WireLength = WireLength(wireLength, captured),
            LinkType = captureInterface.LinkType,
            Interface = captureInterface.Ordinal,
        });

    private void ReadInterface(ReadOnlySpan<byte> body)
    {
        int ordinal = _interfacesOfEarlierSections + _interfaces.Count;
        if (ordinal >= MaximumInterfaces)
        {
            Damage = $"more than {MaximumInterfaces} interfaces";
            return;
        }

        _interfaces.Add(new PcapngInterface(
            (LinkType)ReadUInt16(body, LinkTypeOffset),
            ReadUInt32(body, SnapLengthOffset),
            ReadTimestampUnit(body[InterfaceOptionsOffset..^TrailerLength]),
            (ushort)ordinal));
    }

    /// <summary>Options are code, length, value padded to 4 bytes. One that runs past its block ends the list.</summary>
    private TimestampUnit ReadTimestampUnit(ReadOnlySpan<byte> options)
    {
        byte resolution = TimestampUnit.Microseconds;
        long offsetSeconds = 0;
        while (options.Length >= OptionHeaderLength)
        {
            ushort code = ReadUInt16(options, 0);
            int length = ReadUInt16(options, 2);
            if (code == EndOfOptions || length > options.Length - OptionHeaderLength)
            {
                break;
            }

            if (code == TimestampResolutionOption && length == sizeof(byte))
            {
                resolution = options[OptionHeaderLength];
            }
            else if (code == TimestampOffsetOption && length == sizeof(long))
            {
                offsetSeconds = (long)ReadUInt64(options, OptionHeaderLength);
            }

            int padded = OptionHeaderLength + ((length + 3) & ~3);
            options = options[Math.Min(padded, options.Length)..];
        }

        return new TimestampUnit(resolution, offsetSeconds);
    }

    private void ReadSectionHeader(ReadOnlySpan<byte> body)
    {
        ushort major = ReadUInt16(body, MajorVersionOffset);
        if (major != SupportedMajorVersion)
        {
            Damage = $"section of unknown version {major}";
            return;
        }

        _interfacesOfEarlierSections += _interfaces.Count;
        _interfaces.Clear();
    }

    public override string? DescribeCut(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty && _passedBlockLength == 0)
        {
            return null;
        }

        return rest.Length < BlockHeaderLength && _passedBlockLength == 0
            ? "the file ends inside a block header"
            : "the file ends inside a block";
    }
}
