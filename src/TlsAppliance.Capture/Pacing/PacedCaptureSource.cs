using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Pacing;

/// <summary>
/// Holds frames of another source back until they are due. What is due by now goes on in one run, so a high rate costs one look at the clock per run.
/// Bounds on frames and time end the input early.
/// </summary>
public sealed class PacedCaptureSource : ICaptureSource
{
    /// <summary>Longer waits sleep; shorter ones spin, because a sleep ends late by up to this much.</summary>
    private static readonly TimeSpan SpinBelow = TimeSpan.FromMilliseconds(1.5);

    private readonly ICaptureSource _inner;
    private readonly ReplayPacer _pacer;
    private readonly TimeProvider _time;
    private readonly long _limit;
    private readonly TimeSpan _duration;
    private readonly CancellationToken _cancellation;
    private FrameRun _held;
    private bool _hasHeld;
    private long _heldDue;
    private bool _isDueKnown;
    private long _start;
    private long _handedOver;

    /// <param name="inner">Where the frames come from; disposed with this.</param>
    /// <param name="pacer">When they are due.</param>
    /// <param name="time">The monotonic clock.</param>
    /// <param name="limit">Frames after which the input ends; 0: none.</param>
    /// <param name="duration">Time after which the input ends; zero: none.</param>
    /// <param name="cancellation">Ends a wait.</param>
    public PacedCaptureSource(
        ICaptureSource inner, ReplayPacer pacer, TimeProvider time, long limit = 0, TimeSpan duration = default, CancellationToken cancellation = default)
    {
        (_inner, _pacer, _time) = (inner, pacer, time);
        (_limit, _duration, _cancellation) = (limit == 0 ? long.MaxValue : limit, duration, cancellation);
    }

    public long BytesRead => _inner.BytesRead;

    public long BytesTotal => _inner.BytesTotal;

    public IReadOnlyList<CaptureFault> Faults => _inner.Faults;

    public bool TryRead(out FrameRun run)
    {
        run = default;
        _start = _start == 0 ? _time.GetTimestamp() : _start;
        if (_handedOver >= _limit || IsOver())
        {
            return false;
        }

        if (!_hasHeld)
        {
            if (!_inner.TryRead(out _held))
            {
                return false;
            }

            (_hasHeld, _isDueKnown) = (true, false);
        }

        run = TakeDue();
        _handedOver += run.Count;
        return true;
    }

    private FrameRun TakeDue()
    {
        ReadOnlySpan<FrameRecord> records = _held.Block.Records.Slice(_held.Start, (int)Math.Min(_held.Count, _limit - _handedOver));
        int count = _pacer.IsTopSpeed ? records.Length : CountDue(records);
        FrameRun due = _held with { Count = count };
        if (count == _held.Count)
        {
            _hasHeld = false;
            if (due.EndsSegment)
            {
                _pacer.StartSegment();
            }

            return due;
        }

        _held.Block.Retain();
        _held = _held with { Start = _held.Start + count, Count = _held.Count - count };
        return due with { EndsSegment = false };
    }

    /// <summary>Waits until the first record is due and counts those that are due by then. The first one that is not keeps its due time for later.</summary>
    private int CountDue(ReadOnlySpan<FrameRecord> records)
    {
        int count = 0;
        long now = 0;
        for (; count < records.Length; count++)
        {
            _heldDue = _isDueKnown ? _heldDue : _pacer.NextDue(records[count]);
            _isDueKnown = true;
            if (count == 0)
            {
                now = WaitUntil(_heldDue);
            }
            else if (_heldDue > now)
            {
                return count;
            }

            _isDueKnown = false;
        }

        return count;
    }

    private long WaitUntil(long due)
    {
        long now = Elapsed();
        while (now < due && !_cancellation.IsCancellationRequested && !IsOver())
        {
            TimeSpan rest = TimeSpan.FromMicroseconds((due - now) / 1000.0);
            if (rest > SpinBelow)
            {
                _cancellation.WaitHandle.WaitOne(rest - SpinBelow);
            }
            else
            {
                Thread.SpinWait(50);
            }

            now = Elapsed();
        }

        return now;
    }

    private bool IsOver() => _cancellation.IsCancellationRequested || (_duration > TimeSpan.Zero && _time.GetElapsedTime(_start) >= _duration);

    private long Elapsed() => (long)_time.GetElapsedTime(_start).TotalNanoseconds;

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
