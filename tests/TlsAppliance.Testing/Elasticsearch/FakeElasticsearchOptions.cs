using System.Security.Cryptography.X509Certificates;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>What kind of server the double is.</summary>
public sealed record FakeElasticsearchOptions
{
    /// <summary>The version that it says it is.</summary>
    public string Version { get; init; } = "8.2.3";

    /// <summary>OpenSearch: no product header, and <c>compatible-with</c> as <c>Content-Type</c> is refused.</summary>
    public bool IsOpenSearch { get; init; }

    /// <summary>With lifecycle policies and the <c>_data_stream</c> API, which a bare node lacks.</summary>
    public bool IsFull { get; init; }

    /// <summary><c>http.max_content_length</c>, unpacked bytes.</summary>
    public int MaximumContentLength { get; init; } = 100 * 1024 * 1024;

    /// <summary>With it the double speaks TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Certificates sent behind <see cref="Certificate"/>.</summary>
    public X509Certificate2Collection Chain { get; init; } = [];

    /// <summary>The client has to show a certificate with this thumbprint.</summary>
    public string? ClientThumbprint { get; init; }

    /// <summary>The exact <c>Authorization</c> header; null lets anyone in.</summary>
    public string? Authorization { get; init; }

    /// <summary>Answers <c>GET /</c> and nothing else: 403.</summary>
    public bool IsForbidden { get; init; }

    /// <summary>Everything lies below this path; elsewhere 404.</summary>
    public string PathPrefix { get; init; } = "";

    /// <summary>Makes missing indices when a document comes.</summary>
    public bool CreatesIndices { get; init; } = true;

    /// <summary>Today, for the names of backing indices.</summary>
    public DateOnly Today { get; init; } = new(2026, 11, 23);
}
