namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>
/// Which host gets the next request: those that answered last take turns, or the first of them gets all. A host that failed rests for a while; when all rest,
/// the one that wakes first is tried, for whoever asks has waited already.
/// </summary>
internal sealed class HostPool
{
    private readonly Lock _lock = new();
    private readonly HostState[] _hosts;
    private readonly bool _balances;
    private readonly TimeProvider _time;
    private int _next;

    public HostPool(IEnumerable<HostAddress> hosts, bool balances, TimeProvider time)
    {
        _hosts = [.. hosts.Select(host => new HostState(host))];
        (_balances, _time) = (balances, time);
    }

    public int Count => _hosts.Length;

    public HostState Next()
    {
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            HostState earliest = _hosts[_next % _hosts.Length];
            for (int offset = 0; offset < _hosts.Length; offset++)
            {
                int index = (_next + offset) % _hosts.Length;
                if (_hosts[index].RestsUntil <= now)
                {
                    _next = _balances ? index + 1 : index;
                    return _hosts[index];
                }

                if (_hosts[index].RestsUntil < earliest.RestsUntil)
                {
                    earliest = _hosts[index];
                }
            }

            return earliest;
        }
    }

    /// <summary>A host is there that does not rest: trying again at once is worth it.</summary>
    public bool HasFreshHost()
    {
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            return _hosts.Any(host => host.RestsUntil <= now);
        }
    }

    public void Answered(HostState host)
    {
        lock (_lock)
        {
            host.Answered();
        }
    }

    /// <summary>Whether the host has shown itself to be a server that we write to.</summary>
    public bool Knows(HostState host)
    {
        lock (_lock)
        {
            return host.IsKnown;
        }
    }

    /// <summary>It is one that we write to; or, after a failure, it has to show that again.</summary>
    public void Know(HostState host, bool isKnown)
    {
        lock (_lock)
        {
            host.IsKnown = isKnown;
        }
    }

    public void Failed(HostState host)
    {
        lock (_lock)
        {
            host.Failed(_time.GetUtcNow());
        }
    }
}
