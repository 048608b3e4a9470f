using System.Runtime.CompilerServices;

namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>
/// Packet time: the latest capture time met so far, in nanoseconds since 1970. One frame with a wrong time stamp must not end every session, so
/// what lies far ahead moves it only when several frames in a row agree, and nothing moves it back.
/// </summary>
public struct Watermark
{
    /// <summary>Time between two ticks.</summary>
    public const long TickInterval = 100_000_000;

    /// <summary>A frame further ahead than this does not move the watermark on its own.</summary>
    public const ulong MaximumLead = 60_000_000_000;

    /// <summary>So many frames in a row that are far ahead do: the capture paused.</summary>
    public const int FramesToJump = 8;

    private long _nextTick;
    private long _nearestAhead;
    private int _framesAhead;
    private bool _started;

    /// <summary>The current packet time; meaningless before the first frame.</summary>
    public long Now { readonly get; private set; }

    /// <summary>Frames that were far ahead and did not move the watermark (yet).</summary>
    public long FramesFarAhead { readonly get; private set; }

    /// <summary>Takes the time of the next frame. True: a tick at <see cref="Now"/> is due before that frame; one is enough, however long the silence was.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Advance(long timestamp)
    {
        // Nearly always: a little later than the last one, and no tick between them. Before the first frame nothing is below the next tick.
        if ((ulong)(timestamp - Now) < (ulong)(_nextTick - Now))
        {
            Now = timestamp;
            _framesAhead = 0;
            return false;
        }

        return AdvanceFarther(timestamp);
    }

    private bool AdvanceFarther(long timestamp)
    {
        if (!_started)
        {
            _started = true;
            return MoveTo(timestamp);
        }

        if (timestamp > Now && (ulong)(timestamp - Now) > MaximumLead)
        {
            return AdvanceFarAhead(timestamp);
        }

        _framesAhead = 0;
        return timestamp > Now && MoveTo(timestamp);
    }

    /// <summary>The nearest of the frames is taken: the others may be wrong as well.</summary>
    private bool AdvanceFarAhead(long timestamp)
    {
        FramesFarAhead++;
        _nearestAhead = _framesAhead == 0 ? timestamp : Math.Min(_nearestAhead, timestamp);
        if (++_framesAhead < FramesToJump)
        {
            return false;
        }

        _framesAhead = 0;
        return MoveTo(_nearestAhead);
    }

    private bool MoveTo(long time)
    {
        Now = time;
        if (time < _nextTick)
        {
            return false;
        }

        _nextTick = time - time % TickInterval + TickInterval;
        return true;
    }
}
