namespace TlsAppliance.Corpus.Tests.Facts;

/// <summary>The first ClientHello. Random and JA3 are null for an SSLv2-framed one; lists keep GREASE.</summary>
internal sealed record ClientHelloFacts(
    string? Random,
    string SessionId,
    ushort[] SupportedVersions,
    string? ServerName,
    string[] Alpn,
    ushort[] Ciphers,
    ushort[] Extensions,
    ushort[] Groups,
    string? Ja3,
    bool EarlyData);
