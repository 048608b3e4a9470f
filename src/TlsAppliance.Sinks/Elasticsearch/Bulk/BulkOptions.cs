namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>How events are gathered into bulk requests and how refused ones are sent again: <c>output.elasticsearch</c>.</summary>
public sealed record BulkOptions
{
    /// <summary>Requests under way at a time. Packetbeat's <c>worker</c> counts for each host: whoever fills this in multiplies.</summary>
    /// <value>1; matches Packetbeat's <c>worker</c>.</value>
    public int Workers { get; init; } = 1;

    /// <summary>Most events in one request.</summary>
    /// <value>1600; matches Packetbeat's <c>bulk_max_size</c>.</value>
    public int MaximumEvents { get; init; } = 1600;

    /// <summary>
    /// Largest body, before it is packed: the server counts unpacked bytes (<c>http.max_content_length</c>, 100 MB). One event that is larger goes alone.
    /// </summary>
    /// <value>10 MiB, a tenth of what the server takes by default.</value>
    public int MaximumBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>So many events are sent at once; fewer wait up to <see cref="FlushTimeout"/> for more.</summary>
    /// <value>1600; matches <c>queue.mem.flush.min_events</c> of Packetbeat's preset <c>balanced</c>.</value>
    public int FlushEvents { get; init; } = 1600;

    /// <value>10 s; matches <c>queue.mem.flush.timeout</c> of Packetbeat's preset <c>balanced</c>.</value>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait after the first failure; doubles with each further one.</summary>
    /// <value>1 s; matches Packetbeat's <c>backoff.init</c>.</value>
    public TimeSpan BackoffInitial { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two tries. There is no last try.</summary>
    /// <value>60 s; matches Packetbeat's <c>backoff.max</c>.</value>
    public TimeSpan BackoffMaximum { get; init; } = TimeSpan.FromSeconds(60);
}
