using System.Diagnostics.CodeAnalysis;

namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>
/// The units that one worker has in hand: pieces to send at once, and those that wait for their next try. Bounded: beyond so many events nothing new is read,
/// and the queue holds the rest.
/// </summary>
/// <param name="maximumEvents">Events in hand beyond which nothing new is read.</param>
internal sealed class BulkSchedule(int maximumEvents)
{
    private readonly Stack<BulkUnit> _ready = [];
    private readonly List<BulkUnit> _waiting = [];
    private int _events;
    private bool _prefersFresh;

    public bool IsEmpty => _events == 0;

    public bool MayRead => _events < maximumEvents;

    /// <summary>A fresh batch goes before what waits: the last try of that failed, and one event that nobody takes must not hold up all others.</summary>
    public bool PrefersFresh => _prefersFresh && _ready.Count == 0;

    /// <summary>When the first of the waiting may be sent; null when none waits.</summary>
    public DateTimeOffset? NextDue => _waiting.Count == 0 ? null : _waiting.Min(unit => unit.Due);

    /// <summary>Why some of the waiting are not taken, when the target is at fault.</summary>
    public string? Blocked => _waiting.Find(unit => unit.Blocked is not null)?.Blocked;

    /// <summary>To be sent next, before what was pushed earlier.</summary>
    public void Push(BulkUnit unit)
    {
        _ready.Push(unit);
        _events += unit.Count;
    }

    /// <summary>To be sent when it is due.</summary>
    public void PutBack(BulkUnit unit)
    {
        _waiting.Add(unit);
        _events += unit.Count;
        _prefersFresh = true;
    }

    public void TookFresh() => _prefersFresh = false;

    /// <summary>A piece that is ready, or else what has been due longest.</summary>
    public bool TryTake(DateTimeOffset now, [NotNullWhen(true)] out BulkUnit? unit)
    {
        if (!_ready.TryPop(out unit) && _waiting.MinBy(waiting => waiting.Due) is { } first && first.Due <= now)
        {
            _waiting.Remove(unit = first);
            _prefersFresh = false;
        }

        _events -= unit?.Count ?? 0;
        return unit is not null;
    }
}
