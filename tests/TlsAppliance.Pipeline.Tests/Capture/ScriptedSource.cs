using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Pipeline.Tests.Capture;

/// <summary>An interface on which comes what the test says; then it is silent, or ends with a fault.</summary>
internal sealed class ScriptedSource(IEnumerable<RecordedFrame> frames, string? fault = null) : ILiveSource
{
    private const int FramesPerRun = 64;

    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(5);

    private readonly Queue<RecordedFrame[]> _runs = new(frames.Chunk(FramesPerRun));
    private readonly List<CaptureFault> _faults = [];
    private long _received;
    private bool _isStopped;

    /// <summary>The ring is more than half full, says the test.</summary>
    public bool IsPressed { get; init; }

    public bool IsDisposed { get; private set; }

    public KernelCounters Counters => new(Volatile.Read(ref _received), 0, 0, 0);

    public long BytesRead => 0;

    public long BytesTotal => -1;

    public IReadOnlyList<CaptureFault> Faults => _faults;

    public bool TryRead(out FrameRun run)
    {
        run = default;
        if (_runs.TryDequeue(out RecordedFrame[]? next))
        {
            Volatile.Write(ref _received, _received + next.Length);
            run = new FrameRun(RecordedBlock.Of(next), 0, next.Length);
            return true;
        }

        if (fault is not null)
        {
            _faults.Add(new CaptureFault("test0", -1, fault));
            return false;
        }

        if (_isStopped)
        {
            return false;
        }

        Thread.Sleep(s_silence);
        run = new FrameRun(FrameBlock.Empty, 0, 0);
        return true;
    }

    public void Stop() => _isStopped = true;

    public void Dispose() => IsDisposed = true;
}
