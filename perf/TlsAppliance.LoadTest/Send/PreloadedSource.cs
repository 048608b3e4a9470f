using TlsAppliance.Network.Frames;

namespace TlsAppliance.LoadTest.Send;

/// <summary>Reads another source to its end first and then hands out its runs from memory.</summary>
internal sealed class PreloadedSource : ICaptureSource
{
    private readonly ICaptureSource _inner;
    private readonly Queue<FrameRun> _runs = [];

    public PreloadedSource(ICaptureSource inner)
    {
        _inner = inner;
        while (inner.TryRead(out FrameRun run))
        {
            _runs.Enqueue(run);
        }
    }

    public long BytesRead => _inner.BytesRead;

    public long BytesTotal => _inner.BytesTotal;

    public IReadOnlyList<CaptureFault> Faults => _inner.Faults;

    public bool TryRead(out FrameRun run) => _runs.TryDequeue(out run);

    public void Dispose() => _inner.Dispose();
}
