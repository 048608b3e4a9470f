using System.Diagnostics;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Commands;

/// <summary>Another source, and when its first frames were asked for: the engine's start is not part of a replay's time.</summary>
internal sealed class TimedSource(ICaptureSource inner) : ICaptureSource
{
    private long? _start;

    public TimeSpan Elapsed => _start is { } start ? Stopwatch.GetElapsedTime(start) : TimeSpan.Zero;

    public long BytesRead => inner.BytesRead;

    public long BytesTotal => inner.BytesTotal;

    public bool MayWait => inner.MayWait;

    public IReadOnlyList<CaptureFault> Faults => inner.Faults;

    public bool TryRead(out FrameRun run)
    {
        _start ??= Stopwatch.GetTimestamp();
        return inner.TryRead(out run);
    }

    public void Dispose() => inner.Dispose();
}
