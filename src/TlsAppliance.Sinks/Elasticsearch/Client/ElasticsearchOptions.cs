namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>How the servers are reached: <c>output.elasticsearch</c>, without what concerns bulk requests.</summary>
public sealed record ElasticsearchOptions
{
    /// <summary>Hosts: <c>name</c>, <c>name:port</c> or a URL with its own path and, before an <c>@</c>, its own user and password.</summary>
    /// <value>localhost:9200; matches Packetbeat's <c>hosts</c>.</value>
    public IReadOnlyList<string> Hosts { get; init; } = ["localhost:9200"];

    /// <summary><c>http</c> or <c>https</c>, for hosts that do not say it.</summary>
    /// <value>http; matches Packetbeat's <c>protocol</c>.</value>
    public string Protocol { get; init; } = "http";

    /// <summary>Put before every path, for hosts without a path of their own.</summary>
    /// <value>empty; matches Packetbeat's <c>path</c>.</value>
    public string Path { get; init; } = "";

    public string Username { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary><c>id:api_key</c>, or its Base64 form as the server hands it out (<c>encoded</c>); goes before a user.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>More headers of each request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>More query parameters of each <c>_bulk</c> request.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>An ingest pipeline for all events; empty for none.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>A proxy's URL, with user and password before an <c>@</c>; empty: what the environment says (<c>HTTPS_PROXY</c> …).</summary>
    public string ProxyUrl { get; init; } = "";

    /// <summary>No proxy at all, whatever the environment says.</summary>
    public bool ProxyDisable { get; init; }

    /// <summary>
    /// Longest wait for an answer. The server is asked to give up after a third of it, because it adds that to a fixed half minute, or doubles it, before it
    /// says that it cannot: a limit below that would send a batch again that is still being worked on.
    /// </summary>
    /// <value>90 s; matches Packetbeat's <c>timeout</c>.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>A connection without a request is closed after this time.</summary>
    /// <value>3 s; matches Packetbeat's <c>idle_connection_timeout</c>.</value>
    public TimeSpan IdleConnectionTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>gzip from 1 (fast) to 9 (small); 0 does not pack.</summary>
    /// <value>1; matches Packetbeat's <c>compression_level</c>.</value>
    public int CompressionLevel { get; init; } = 1;

    /// <summary>true: hosts take turns. false: one is used, the others stand in for it.</summary>
    /// <value>true; matches Packetbeat's <c>loadbalance</c>.</value>
    public bool LoadBalance { get; init; } = true;

    /// <summary>Elasticsearch 7 is taken, too.</summary>
    /// <value>true; matches Packetbeat's <c>allow_older_versions</c>.</value>
    public bool AllowOlderVersions { get; init; } = true;

    public ElasticsearchTlsOptions Tls { get; init; } = new();
}
