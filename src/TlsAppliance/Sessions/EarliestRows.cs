namespace TlsAppliance.Sessions;

/// <summary>
/// The sessions that began first, for a table. Events come in the order in which the shards finish them, which is not that of time, so the earliest are picked out of
/// all; no more than these are held.
/// </summary>
internal sealed class EarliestRows(int maximum)
{
    private static readonly Comparer<(long Time, long Number)> s_latestFirst = Comparer<(long Time, long Number)>.Create((left, right) => right.CompareTo(left));

    private readonly PriorityQueue<SessionRow, (long Time, long Number)> _rows = new(s_latestFirst);
    private long _taken;

    /// <summary>In the order of time; of equal ones the first taken is the first.</summary>
    public IReadOnlyList<SessionRow> InOrder => [.. _rows.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];

    /// <summary>Whether a session that began then belongs among them, so that its event is worth reading.</summary>
    public bool Wants(long time) => _rows.Count < maximum || (_rows.TryPeek(out _, out (long Time, long Number) latest) && time < latest.Time);

    /// <param name="row">What the table shows.</param>
    /// <param name="time">When the session began; of equal ones the first taken stays.</param>
    public void Add(SessionRow row, long time)
    {
        _rows.Enqueue(row, (time, _taken++));
        if (_rows.Count > maximum)
        {
            _rows.Dequeue();
        }
    }
}
