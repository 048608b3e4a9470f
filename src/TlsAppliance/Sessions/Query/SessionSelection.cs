using System.Globalization;
using System.Text.Json;

namespace TlsAppliance.Sessions.Query;

/// <summary>Takes all events, and keeps what a query asks for: the best by its order up to a number, or counts of a field's values.</summary>
internal sealed class SessionSelection(SessionQuery query, int maximum)
{
    /// <summary>Ids are not told apart by less.</summary>
    private const int ShortestId = 4;

    /// <summary>Different values that are counted; events are from the wire, so there may be any number.</summary>
    private const int MaximumValues = 1_000_000;

    private static readonly Comparer<SortKey> s_worstFirst = Comparer<SortKey>.Create((left, right) => right.CompareTo(left));

    private readonly PriorityQueue<byte[], SortKey> _best = new(s_worstFirst);
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly int _number = int.TryParse(query.Session, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && query.Session!.Length < ShortestId + 2 ? number : 0;

    /// <summary>Sessions that the filters accepted.</summary>
    public long Sessions { get; private set; }

    /// <summary>Of these the ones whose value was not counted, because there were too many different ones.</summary>
    public long Uncounted { get; private set; }

    private int Capacity => query.Session is null ? maximum : Math.Max(_number, 1);

    /// <summary>Documents in the order asked for.</summary>
    public IReadOnlyList<byte[]> Documents => [.. _best.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];

    /// <summary>The one session asked for by number or id; null when there is none.</summary>
    public byte[]? Single => Documents.ElementAtOrDefault(Math.Max(_number, 1) - 1);

    /// <summary>Values and how often each was there, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Counts =>
        [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(maximum)];

    public int DifferentValues => _counts.Count;

    /// <summary>False when the document is no event.</summary>
    /// <param name="document">An event.</param>
    /// <param name="time">When its session began, ns since 1970; null: as the document says.</param>
    public bool Take(ReadOnlyMemory<byte> document, long? time = null)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(document);
            if (!SessionRowReader.IsEvent(json.RootElement))
            {
                return false;
            }

            Take(new EventDocument(json.RootElement), document, time);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Take(EventDocument values, ReadOnlyMemory<byte> document, long? time)
    {
        if (!query.Filters.All(filter => filter.Accepts(values)) || !HasId(values))
        {
            return;
        }

        Sessions++;
        if (query.Top is { } top)
        {
            Count(top.Texts(values));
        }
        else if (Capacity > 0)
        {
            SortKey key = query.SortBy is { } field
                ? SortKey.Of(field.Texts(values), query.Descending, Sessions)
                : new SortKey(time ?? TimeOf(values), "time", Descending: false, Sessions);
            if (_best.Count < Capacity || (_best.TryPeek(out _, out SortKey worst) && key.CompareTo(worst) < 0))
            {
                Keep(document.ToArray(), key);
            }
        }
    }

    private static double TimeOf(EventDocument values) =>
        DateText.TryParse(values.Text(["@timestamp"]), out DateTimeOffset time) ? (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick : 0;

    private void Keep(byte[] document, SortKey key)
    {
        _best.Enqueue(document, key);
        if (_best.Count > Capacity)
        {
            _best.Dequeue();
        }
    }

    private bool HasId(EventDocument values) => query.Session is not { } id || _number > 0 ||
        (id.Length >= ShortestId && values.Text(["event.id"]).StartsWith(id, StringComparison.OrdinalIgnoreCase));

    private void Count(IEnumerable<string> values)
    {
        foreach (string value in values.Distinct().DefaultIfEmpty(""))
        {
            if (_counts.TryGetValue(value, out long count) || _counts.Count < MaximumValues)
            {
                _counts[value] = count + 1;
            }
            else
            {
                Uncounted++;
            }
        }
    }
}
