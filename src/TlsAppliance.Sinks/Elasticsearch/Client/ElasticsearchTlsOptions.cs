using System.Security.Authentication;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>How the server is recognised, and we by it: <c>output.elasticsearch.ssl</c>.</summary>
public sealed record ElasticsearchTlsOptions
{
    /// <summary>false: hosts that do not say their scheme are spoken to without TLS, whatever <see cref="ElasticsearchOptions.Protocol"/> says.</summary>
    /// <value>true; matches Packetbeat's <c>ssl.enabled</c>.</value>
    public bool Enabled { get; init; } = true;

    /// <value>full; matches Packetbeat's <c>ssl.verification_mode</c>.</value>
    public CertificateVerification Verification { get; init; } = CertificateVerification.Full;

    /// <summary>Files with PEM certificates, or such certificates themselves; with any, the system's authorities do not count.</summary>
    public IReadOnlyList<string> CertificateAuthorities { get; init; } = [];

    /// <summary>SHA-256 of a CA certificate in hex; when the server presents that certificate in its chain, it is trusted. Empty for none.</summary>
    public string CaTrustedFingerprint { get; init; } = "";

    /// <summary>
    /// Base64 of the SHA-256 of public keys (SubjectPublicKeyInfo): with any, one of them has to be in the chain that was found to be right. Matches Packetbeat's
    /// <c>ssl.ca_sha256</c>.
    /// </summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    /// <summary>Our own certificate, with the chain behind it: a PEM file, or its text; empty for none.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>The key of <see cref="Certificate"/>: a PEM file, or its text.</summary>
    public string Key { get; init; } = "";

    /// <summary>For an encrypted PKCS#8 key.</summary>
    public string KeyPassphrase { get; init; } = "";

    /// <summary>The versions that we offer; <see cref="SslProtocols.None"/> leaves it to the system.</summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.None;
}
