using System.Buffers.Binary;

namespace TlsAppliance.LoadTest.Generate;

/// <summary>A classic pcap file, microseconds, Ethernet; time stamps follow the configured rate.</summary>
internal sealed class PcapOutput : IDisposable
{
    private const int RecordHeader = 16;
    private const int FrameOverhead = 24;
    private readonly FileStream _file;
    private readonly double _microsecondsPerByte;
    private double _microseconds = 1_772_442_000e6;

    public PcapOutput(string path, double gigabitsPerSecond)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        _microsecondsPerByte = 8 / (gigabitsPerSecond * 1000);
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262144);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        _file.Write(header);
        Bytes = header.Length;
    }

    public long Bytes { get; private set; }

    public long Frames { get; private set; }

    public void Write(ReadOnlySpan<byte> frame)
    {
        Span<byte> header = stackalloc byte[RecordHeader];
        long time = (long)_microseconds;
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(time / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(time % 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)frame.Length);
        _file.Write(header);
        _file.Write(frame);
        _microseconds += (frame.Length + FrameOverhead) * _microsecondsPerByte;
        Bytes += RecordHeader + frame.Length;
        Frames++;
    }

    public void Dispose() => _file.Dispose();
}
