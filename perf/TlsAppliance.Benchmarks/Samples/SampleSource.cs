using TlsAppliance.Capture.Files;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Benchmarks.Samples;

/// <summary>A capture in memory, read like a file and as often as wanted.</summary>
internal sealed class SampleSource(IEnumerable<RecordedFrame> frames) : ICaptureSource
{
    private readonly byte[] _capture = PcapWriter.Build(frames);
    private readonly FrameBlockPool _pool = new();
    private CaptureFileReader? _reader;

    public long BytesRead => _reader?.StoredBytesRead ?? 0;

    public long BytesTotal => _capture.Length;

    public IReadOnlyList<CaptureFault> Faults => [];

    public void Rewind()
    {
        _reader?.Dispose();
        _reader = new CaptureFileReader("sample", _pool, () => new MemoryStream(_capture, writable: false));
    }

    public bool TryRead(out FrameRun run)
    {
        bool hasFrames = _reader!.TryRead(out FrameBlock? block);
        run = hasFrames ? new FrameRun(block!, 0, block!.Count) : default;
        return hasFrames;
    }

    public void Dispose() => _reader?.Dispose();
}
