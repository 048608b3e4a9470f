using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Capture.Files;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Benchmarks.Capture;

/// <summary>Per frame of a small capture; what opening it costs is shared out among them.</summary>
public class CaptureFileReaderBenchmarks
{
    private const int Sessions = 1000;

    private readonly FrameBlockPool _pool = new();
    private readonly byte[] _pcap;
    private readonly byte[] _pcapng;
    private readonly Yardstick _yardstick;

    public CaptureFileReaderBenchmarks()
    {
        RecordedFrame[] frames = SampleFrames.Sessions(Sessions);
        _pcap = PcapWriter.Build(frames);
        _pcapng = PcapngWriter.Build(frames);
        _yardstick = new Yardstick(_pcap);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Sessions * SampleFrames.FramesPerSession)]
    public long Copy() => _yardstick.Copy();

    [Benchmark(OperationsPerInvoke = Sessions * SampleFrames.FramesPerSession)]
    public long Pcap() => Read(_pcap);

    [Benchmark(OperationsPerInvoke = Sessions * SampleFrames.FramesPerSession)]
    public long Pcapng() => Read(_pcapng);

    private long Read(byte[] capture)
    {
        using CaptureFileReader reader = new("sample", _pool, () => new MemoryStream(capture, writable: false));
        long frames = 0;
        while (reader.TryRead(out FrameBlock? block))
        {
            frames += block.Count;
            block.Release();
        }

        return frames;
    }
}
