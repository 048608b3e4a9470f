namespace TlsAppliance.Network.Frames;

/// <summary>
/// Counters by dotted name (<c>segments.out_of_order</c>), for summaries and metrics: some dozens, written once at the end of a run. The collections of the runtime would be compiled for
/// that one use.
/// </summary>
public sealed class NamedCounters
{
    private readonly List<NamedCounter> _counters = [];

    /// <summary>In the order in which they were counted first.</summary>
    public IReadOnlyList<NamedCounter> All => _counters;

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<NamedCounter> InOrder
    {
        get
        {
            NamedCounter[] ordered = [.. _counters];
            Array.Sort(ordered, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
            return ordered;
        }
    }

    /// <summary>0 when nobody has counted it.</summary>
    public long this[string name]
    {
        get => Find(name) is var at and >= 0 ? _counters[at].Value : 0;
        set
        {
            if (Find(name) is var at and >= 0)
            {
                _counters[at] = new NamedCounter(name, value);
            }
            else
            {
                _counters.Add(new NamedCounter(name, value));
            }
        }
    }

    /// <summary>Adds all of these.</summary>
    public void Add(NamedCounters others)
    {
        foreach ((string name, long value) in others._counters)
        {
            this[name] += value;
        }
    }

    private int Find(string name)
    {
        for (int at = 0; at < _counters.Count; at++)
        {
            if (_counters[at].Name == name)
            {
                return at;
            }
        }

        return -1;
    }
}
