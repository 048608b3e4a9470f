using TlsAppliance.Pipeline.Dispatch;

namespace TlsAppliance.Pipeline.Lanes;

/// <summary>
/// Where several writers' marks meet in one lane. Each dispatcher has its own packet time and puts its own marks: the lane's time is that of the slowest one, and a mark
/// takes effect when the last of them has put it. With one writer every mark takes effect at once.
/// </summary>
internal sealed class Confluence(int writers)
{
    private readonly long[] _times = new long[writers];
    private readonly long[] _framesRead = new long[writers];
    private readonly Dictionary<(LaneEntryKind Kind, long Value), Meeting> _meetings = [];

    private sealed class Meeting
    {
        public int Missing { get; set; }

        /// <summary>Sum over the writers: frames of each that were read before its mark.</summary>
        public long FramesBefore { get; set; }
    }

    /// <summary>Frames read so far, of all writers.</summary>
    public long FramesRead => _framesRead.Sum();

    public void CountFrame(int writer) => _framesRead[writer]++;

    /// <summary>
    /// A writer's packet time has come to <paramref name="time"/>. The lane's time: the earliest of all writers', but one that is more than a minute behind the latest does not
    /// hold the others (a stopped reader, a card with a clock of its own). Writers that have not begun do not count.
    /// </summary>
    public long MoveTime(int writer, long time)
    {
        if (_times.Length == 1)
        {
            return time;
        }

        _times[writer] = Math.Max(_times[writer], time);
        long latest = _times.Max();
        long earliest = latest;
        foreach (long other in _times)
        {
            if (other < earliest && (ulong)(latest - other) <= Watermark.MaximumLead)
            {
                earliest = other;
            }
        }

        return earliest;
    }

    /// <summary>
    /// A writer's mark has come. True when it was the last one; <paramref name="ahead"/> then says how many frames were read behind the marks of their writers.
    /// </summary>
    public bool Arrive(int writer, LaneEntryKind kind, long value, out long ahead)
    {
        ahead = 0;
        if (_times.Length == 1)
        {
            return true;
        }

        if (!_meetings.TryGetValue((kind, value), out Meeting? meeting))
        {
            meeting = new Meeting { Missing = _times.Length };
            _meetings.Add((kind, value), meeting);
        }

        meeting.FramesBefore += _framesRead[writer];
        if (--meeting.Missing > 0)
        {
            return false;
        }

        _meetings.Remove((kind, value));
        ahead = FramesRead - meeting.FramesBefore;
        return true;
    }
}
