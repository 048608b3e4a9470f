using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Files;

/// <summary>
/// The classic capture file (draft-ietf-opsawg-pcap): a header of 24 bytes, then per frame a header of 16 bytes (seconds, fraction, captured
/// length, length on the wire) and the frame. The byte order is the writer's; the magic tells it and the unit of the fraction.
/// </summary>
internal sealed class PcapFormat : CaptureFormat
{
    private const uint MicrosecondMagic = 0xa1b2c3d4;
    private const uint NanosecondMagic = 0xa1b23c4d;

    /// <summary>A. Kuznetzov's patched tcpdump: eight more bytes per record header (interface index, protocol, packet type).</summary>
    private const uint KuznetzovMagic = 0xa1b2cd34;

    private const int FileHeaderLength = 24;
    private const int LinkTypeOffset = 20;

    private const int RecordHeaderLength = 16;
    private const int KuznetzovRecordHeaderLength = 24;
    private const int FractionOffset = 4;
    private const int CapturedLengthOffset = 8;
    private const int WireLengthOffset = 12;

    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly int _recordHeaderLength;
    private readonly long _nanosecondsPerFraction;
    private LinkType _linkType;
    private bool _hasFileHeader;

    private PcapFormat(bool isBigEndian, int recordHeaderLength, long nanosecondsPerFraction)
    {
        IsBigEndian = isBigEndian;
        _recordHeaderLength = recordHeaderLength;
        _nanosecondsPerFraction = nanosecondsPerFraction;
        Needed = FileHeaderLength;
    }

    public static PcapFormat? TryCreate(ReadOnlySpan<byte> bytes)
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return TryCreate(magic, isBigEndian: false) ?? TryCreate(BinaryPrimitives.ReverseEndianness(magic), isBigEndian: true);
    }

    private static PcapFormat? TryCreate(uint magic, bool isBigEndian) => magic switch
    {
        MicrosecondMagic => new PcapFormat(isBigEndian, RecordHeaderLength, nanosecondsPerFraction: 1_000),
        NanosecondMagic => new PcapFormat(isBigEndian, RecordHeaderLength, nanosecondsPerFraction: 1),
        KuznetzovMagic => new PcapFormat(isBigEndian, KuznetzovRecordHeaderLength, nanosecondsPerFraction: 1_000),
        _ => null,
    };

    public override int Index(ReadOnlySpan<byte> bytes, FrameBlock block)
    {
        int position = 0;
        if (!_hasFileHeader)
        {
            if (bytes.Length < FileHeaderLength)
            {
                return 0;
            }

            ReadFileHeader(bytes);
            position = FileHeaderLength;
        }

        while (bytes.Length - position >= _recordHeaderLength)
        {
            ReadOnlySpan<byte> header = bytes.Slice(position, RecordHeaderLength);
            uint captured = ReadUInt32(header, CapturedLengthOffset);
            if (captured > MaximumFrameLength)
            {
                Damage = $"captured length {captured} is over {MaximumFrameLength}";
                return position;
            }

            int recordLength = _recordHeaderLength + (int)captured;
            if (bytes.Length - position < recordLength)
            {
                Needed = recordLength;
                return position;
            }

            block.Add(new FrameRecord
            {
                Timestamp = (ReadUInt32(header, 0) * NanosecondsPerSecond) + (ReadUInt32(header, FractionOffset) * _nanosecondsPerFraction),
                Offset = position + _recordHeaderLength,
                Length = (int)captured,
                WireLength = WireLength(ReadUInt32(header, WireLengthOffset), (int)captured),
                LinkType = _linkType,
            });
            position += recordLength;
        }

        Needed = _recordHeaderLength;
        return position;
    }

    /// <summary>
    /// The snapshot length is not believed (0 and absurd values are common); version and time zone say nothing since 1998. The upper half of the
    /// link type field tells the length of frame check sequences, which the IP length cuts off anyway.
    /// </summary>
    private void ReadFileHeader(ReadOnlySpan<byte> bytes)
    {
        _linkType = (LinkType)(ushort)ReadUInt32(bytes, LinkTypeOffset);
        _hasFileHeader = true;
    }

    public override string? DescribeCut(ReadOnlySpan<byte> rest)
    {
        if (!_hasFileHeader)
        {
            return "the file ends inside its header";
        }

        if (rest.IsEmpty)
        {
            return null;
        }

        return rest.Length < _recordHeaderLength
            ? "the file ends inside a record header"
            : $"the file ends inside a frame ({rest.Length - _recordHeaderLength} of {Needed - _recordHeaderLength} bytes are there)";
    }
}
