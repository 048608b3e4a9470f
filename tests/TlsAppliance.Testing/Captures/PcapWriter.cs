using TlsAppliance.Network.Frames;

namespace TlsAppliance.Testing.Captures;

/// <summary>
/// Writes classic capture files, as a capture tool would and, for tests, in every byte order and unit and with whatever header fields are asked for.
/// </summary>
public sealed class PcapWriter
{
    public const uint MicrosecondMagic = 0xa1b2c3d4;
    public const uint NanosecondMagic = 0xa1b23c4d;
    public const uint KuznetzovMagic = 0xa1b2cd34;

    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMicrosecond = 1_000;

    private readonly WireBuffer _bytes;
    private readonly uint _magic;

    /// <param name="linkType">Whole field, 32 bits: the upper half may tell of frame check sequences.</param>
    /// <param name="magic">Tells the unit of fractions and the form of record headers.</param>
    /// <param name="bigEndian">Byte order of all numbers.</param>
    /// <param name="snapLength">Written as is.</param>
    public PcapWriter(uint linkType = (uint)LinkType.Ethernet, uint magic = MicrosecondMagic, bool bigEndian = false, uint snapLength = 262_144)
    {
        _magic = magic;
        _bytes = new WireBuffer(bigEndian);
        _bytes.UInt32(magic).UInt16(2).UInt16(4).UInt32(0).UInt32(0).UInt32(snapLength).UInt32(linkType);
    }

    public long NanosecondsPerFraction => _magic == NanosecondMagic ? 1 : NanosecondsPerMicrosecond;

    /// <summary>Length so far: where the next record begins.</summary>
    public int Length => _bytes.Length;

    /// <summary>One file of these frames.</summary>
    public static byte[] Build(IEnumerable<RecordedFrame> frames, LinkType linkType = LinkType.Ethernet, uint magic = MicrosecondMagic, bool bigEndian = false)
    {
        PcapWriter writer = new((uint)linkType, magic, bigEndian);
        foreach (RecordedFrame frame in frames)
        {
            writer.Write(frame);
        }

        return writer.ToArray();
    }

    public PcapWriter Write(RecordedFrame frame)
    {
        (long seconds, long rest) = Math.DivRem(frame.Timestamp, NanosecondsPerSecond);
        return WriteRecord(
            (uint)seconds, (uint)(rest / NanosecondsPerFraction), (uint)frame.Bytes.Length, (uint)frame.LengthOnWire, frame.Bytes);
    }

    /// <summary>A record with exactly these header fields, true or not.</summary>
    public PcapWriter WriteRecord(uint seconds, uint fraction, uint capturedLength, uint wireLength, ReadOnlySpan<byte> bytes)
    {
        _bytes.UInt32(seconds).UInt32(fraction).UInt32(capturedLength).UInt32(wireLength);
        if (_magic == KuznetzovMagic)
        {
            _bytes.UInt32(1).UInt16(0x0800).UInt16(0);
        }

        _bytes.Bytes(bytes);
        return this;
    }

    public PcapWriter WriteRaw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Bytes(bytes);
        return this;
    }

    public byte[] ToArray() => _bytes.ToArray();
}
