using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Pipeline.Survey;

/// <summary>
/// One direction of a connection: which of its bytes were seen, and which the other side has acknowledged all the same. What is missing when it is acknowledged may
/// still come late, as when the two directions take different ways to the box; so it counts only at the end, or when there are too many holes to remember.
/// </summary>
internal sealed class SurveyedSide
{
    /// <summary>Holes that are remembered.</summary>
    private const int MaximumHoles = 8;

    /// <summary>A step further than any window is another connection of the same ports, and no loss.</summary>
    private const int LongestStep = 1 << 24;

    private readonly List<StreamHole> _holes = [];
    private TcpSequence _next, _acknowledged;
    private bool _isPlaced, _isAcknowledged;
    private long _unseen;

    public long Frames { get; private set; }

    /// <summary>This side acknowledges something: there is another side.</summary>
    public bool Acknowledges { get; set; }

    public long SeenBytes { get; private set; }

    public long UnseenBytes => _unseen + _holes.Where(IsSettled).Sum(hole => (long)hole.Length);

    /// <summary>A segment of this side.</summary>
    /// <param name="start">Its first number.</param>
    /// <param name="length">Numbers that it takes: payload, SYN and FIN.</param>
    public void See(TcpSequence start, int length)
    {
        Frames++;
        TcpSequence end = start + length;
        int step = _next.DistanceTo(start);
        if (!_isPlaced || step is > LongestStep or < -LongestStep)
        {
            _holes.Clear();
            (_next, _isPlaced, _isAcknowledged) = (end, true, false);
            SeenBytes += length;
            return;
        }

        if (step > 0)
        {
            Remember(new StreamHole(_next, start));
        }
        else if (length > 0)
        {
            Fill(start, end);
        }

        if (end > _next)
        {
            SeenBytes += step >= 0 ? length : _next.DistanceTo(end);
            _next = end;
        }
    }

    /// <summary>The other side has everything before this number.</summary>
    public void Acknowledge(TcpSequence number)
    {
        if (!_isPlaced)
        {
            (_next, _isPlaced) = (number, true);
        }

        int step = _next.DistanceTo(number);
        if (step is > LongestStep or < -LongestStep)
        {
            return;
        }

        if (step > 0)
        {
            Remember(new StreamHole(_next, number));
            _next = number;
        }

        if (!_isAcknowledged || number > _acknowledged)
        {
            (_acknowledged, _isAcknowledged) = (number, true);
        }
    }

    private bool IsSettled(StreamHole hole) => _isAcknowledged && hole.End <= _acknowledged;

    private void Remember(StreamHole hole)
    {
        if (_holes.Count == MaximumHoles)
        {
            _unseen += IsSettled(_holes[0]) ? _holes[0].Length : 0;
            _holes.RemoveAt(0);
        }

        _holes.Add(hole);
    }

    private void Fill(TcpSequence start, TcpSequence end)
    {
        for (int i = _holes.Count - 1; i >= 0; i--)
        {
            StreamHole hole = _holes[i];
            if (start >= hole.End || end <= hole.Start)
            {
                continue;
            }

            TcpSequence from = start > hole.Start ? start : hole.Start;
            TcpSequence to = end < hole.End ? end : hole.End;
            SeenBytes += from.DistanceTo(to);
            _holes.RemoveAt(i);
            if (to < hole.End)
            {
                _holes.Insert(i, new StreamHole(to, hole.End));
            }

            if (from > hole.Start)
            {
                _holes.Insert(i, new StreamHole(hole.Start, from));
            }
        }
    }
}
