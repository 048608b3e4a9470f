using System.Diagnostics;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Commands;

/// <summary>Another source, and the times of its reading: the engine's start is not part of a replay's time.</summary>
internal sealed class TimedSource(ICaptureSource inner) : ICaptureSource
{
    private long? _asked;
    private long? _firstRead;
    private long? _end;

    /// <summary>Since frames were asked for.</summary>
    public TimeSpan Elapsed => Since(_asked, end: null);

    /// <summary>From the first frames to the end of the input, or until now.</summary>
    public TimeSpan InputElapsed => Since(_firstRead, _end);

    public long BytesRead => inner.BytesRead;

    public long BytesTotal => inner.BytesTotal;

    public bool MayWait => inner.MayWait;

    public IReadOnlyList<CaptureFault> Faults => inner.Faults;

    public bool TryRead(out FrameRun run)
    {
        _asked ??= Stopwatch.GetTimestamp();
        bool hasFrames = inner.TryRead(out run);
        _firstRead ??= Stopwatch.GetTimestamp();
        if (!hasFrames)
        {
            _end = Stopwatch.GetTimestamp();
        }

        return hasFrames;
    }

    public void ReadAhead() => inner.ReadAhead();

    private static TimeSpan Since(long? start, long? end) =>
        start is { } known ? Stopwatch.GetElapsedTime(known, end ?? Stopwatch.GetTimestamp()) : TimeSpan.Zero;

    public void Dispose() => inner.Dispose();
}
