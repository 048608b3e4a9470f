using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Pacing;

/// <summary>
/// Says when each frame of a replay is due, in nanoseconds after the first one. It only calculates; who waits, and on which clock, is the
/// caller's. The due time is worked out from totals, so that rounding never adds up.
/// </summary>
public sealed class ReplayPacer
{
    private const double NanosecondsPerSecond = 1e9;
    private const double NanosecondsPerMicrosecond = 1e3;

    private readonly PacingMode _mode;
    private readonly double _rate;
    private long _frames;
    private long _bits;
    private long _firstTime;
    private long _latestTime;
    private double _earlierSegments;
    private bool _segmentStarts = true;

    /// <param name="mode">What the rate means.</param>
    /// <param name="rate">More than 0; ignored at top speed.</param>
    public ReplayPacer(PacingMode mode, double rate = 1)
    {
        if (mode != PacingMode.TopSpeed)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        }

        _mode = mode;
        _rate = rate;
    }

    public bool IsTopSpeed => _mode == PacingMode.TopSpeed;

    /// <summary>When the next frame is due, ns after the first; then counts it. A capture time that runs backwards is due at once.</summary>
    public long NextDue(in FrameRecord frame)
    {
        double due = _mode switch
        {
            PacingMode.FramesPerSecond => _frames * NanosecondsPerSecond / _rate,
            PacingMode.MegabitsPerSecond => _bits * NanosecondsPerMicrosecond / _rate,
            PacingMode.Multiplier => CaptureTime(frame.Timestamp) / _rate,
            _ => 0,
        };
        _frames++;
        _bits += frame.WireLength * 8L;
        return due < long.MaxValue ? (long)due : long.MaxValue;
    }

    /// <summary>A new pass or file begins: its first frame follows the last one at once.</summary>
    public void StartSegment()
    {
        _earlierSegments += SegmentTime;
        (_firstTime, _latestTime, _segmentStarts) = (0, 0, true);
    }

    /// <summary>Unsigned: a segment may span more than the 292 years that a signed difference can tell.</summary>
    private double SegmentTime => (ulong)(_latestTime - _firstTime);

    private double CaptureTime(long time)
    {
        if (_segmentStarts)
        {
            (_segmentStarts, _firstTime, _latestTime) = (false, time, time);
        }

        _latestTime = Math.Max(_latestTime, time);
        return _earlierSegments + SegmentTime;
    }
}
