namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>One host of a <see cref="HostPool"/>: whether it is worth trying now. Guarded by the pool's lock.</summary>
internal sealed class HostState(HostAddress address)
{
    /// <summary>A host that failed is left alone for this time first, and twice as long with each failure.</summary>
    private static readonly TimeSpan s_firstRest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(60);

    private int _failures;

    public HostAddress Address { get; } = address;

    /// <summary>It has shown itself to be a server that we write to.</summary>
    public bool IsKnown { get; set; }

    /// <summary>Before this moment the host is tried only when no other is there.</summary>
    public DateTimeOffset RestsUntil { get; private set; }

    public void Answered() => (_failures, RestsUntil) = (0, default);

    public void Failed(DateTimeOffset now)
    {
        double rest = Math.Min(s_firstRest.TotalSeconds * Math.Pow(2, _failures), s_longestRest.TotalSeconds);
        _failures = Math.Min(_failures + 1, 30);
        RestsUntil = now + TimeSpan.FromSeconds(rest);
    }
}
