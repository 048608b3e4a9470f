using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Pacing;

/// <summary>
/// Holds frames of another source back until they are due. What is due by now goes on in one run, so a dense capture goes out in bursts of about a millisecond and
/// nothing spins; due times come from totals, so lateness never adds up. Bounds on frames and time end the input early.
/// </summary>
public sealed class PacedCaptureSource : ICaptureSource
{
    /// <summary>The shortest sleep that the system keeps.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    /// <summary>A wait looks at the bound on time this often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly ICaptureSource _inner;
    private readonly ReplayPacer _pacer;
    private readonly TimeProvider _time;
    private readonly long _limit;
    private readonly TimeSpan _duration;
    private readonly CancellationToken _cancellation;
    private readonly Action<TimeSpan> _wait;
    private long? _start;
    private FrameRun _held;
    private bool _hasHeld;
    private long _heldDue;
    private bool _isDueKnown;
    private long _handedOver;

    /// <param name="inner">Where the frames come from; disposed with this.</param>
    /// <param name="pacer">When they are due.</param>
    /// <param name="time">The monotonic clock.</param>
    /// <param name="limit">Frames after which the input ends; 0: none.</param>
    /// <param name="duration">Time from the first frame after which the input ends; zero: none.</param>
    /// <param name="cancellation">Ends a wait, and the input with it.</param>
    public PacedCaptureSource(
        ICaptureSource inner, ReplayPacer pacer, TimeProvider time, long limit = 0, TimeSpan duration = default, CancellationToken cancellation = default)
        : this(inner, pacer, time, rest => cancellation.WaitHandle.WaitOne(rest), limit, duration, cancellation)
    {
    }

    /// <summary>With a wait of its own, which returns after about so long: tests move the clock.</summary>
    internal PacedCaptureSource(
        ICaptureSource inner, ReplayPacer pacer, TimeProvider time, Action<TimeSpan> wait, long limit, TimeSpan duration, CancellationToken cancellation)
    {
        (_inner, _pacer, _time, _wait) = (inner, pacer, time, wait);
        (_limit, _duration, _cancellation) = (limit == 0 ? long.MaxValue : limit, duration, cancellation);
    }

    public long BytesRead => _inner.BytesRead;

    public long BytesTotal => _inner.BytesTotal;

    public bool MayWait => !_pacer.IsTopSpeed || _inner.MayWait;

    public IReadOnlyList<CaptureFault> Faults => _inner.Faults;

    public bool TryRead(out FrameRun run)
    {
        run = default;
        if (_handedOver >= _limit || IsOver || !TryHold())
        {
            return false;
        }

        int count = (int)Math.Min(_held.Count, _limit - _handedOver);
        if (!_pacer.IsTopSpeed && count > 0)
        {
            count = CountDue(_held.Block.Records.Slice(_held.Start, count));
            if (count == 0)
            {
                return false;
            }
        }

        run = Take(count);
        _handedOver += count;
        return true;
    }

    private bool IsOver => _cancellation.IsCancellationRequested || (_duration > TimeSpan.Zero && _start is not null && Elapsed >= _duration);

    private TimeSpan Elapsed => _time.GetElapsedTime(_start!.Value);

    private bool TryHold()
    {
        if (!_hasHeld)
        {
            _hasHeld = _inner.TryRead(out _held);
            _start ??= _time.GetTimestamp();
        }

        return _hasHeld;
    }

    /// <summary>
    /// Waits until the first record is due and counts those that are due by then. The first one that is not keeps its due time for later. 0: the input ends.
    /// </summary>
    private int CountDue(ReadOnlySpan<FrameRecord> records)
    {
        TimeSpan now = default;
        for (int count = 0; count < records.Length; count++)
        {
            _heldDue = _isDueKnown ? _heldDue : _pacer.NextDue(records[count]);
            _isDueKnown = true;
            TimeSpan due = TimeSpan.FromTicks(_heldDue / TimeSpan.NanosecondsPerTick);
            if (count == 0 ? !TryWait(due, out now) : due > now)
            {
                return count;
            }

            _isDueKnown = false;
        }

        return records.Length;
    }

    private bool TryWait(TimeSpan due, out TimeSpan now)
    {
        for (now = Elapsed; now < due && !IsOver; now = Elapsed)
        {
            _wait(TimeSpan.FromTicks(Math.Clamp((due - now).Ticks, ShortestWait.Ticks, LongestWait.Ticks)));
        }

        return now >= due && !IsOver;
    }

    private FrameRun Take(int count)
    {
        FrameRun run = _held with { Count = count };
        if (count == _held.Count)
        {
            _hasHeld = false;
            if (run.EndsSegment)
            {
                _pacer.StartSegment();
            }

            return run;
        }

        _held.Block.Retain();
        _held = _held with { Start = _held.Start + count, Count = _held.Count - count };
        return run with { EndsSegment = false };
    }

    public void Dispose()
    {
        if (_hasHeld)
        {
            _held.Block.Release();
            _hasHeld = false;
        }

        _inner.Dispose();
    }
}
