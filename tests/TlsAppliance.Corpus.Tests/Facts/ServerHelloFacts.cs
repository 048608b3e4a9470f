namespace TlsAppliance.Corpus.Tests.Facts;

/// <summary>The ServerHello that is no HelloRetryRequest; the version is the negotiated one.</summary>
internal sealed record ServerHelloFacts(
    string Random,
    string SessionId,
    ushort Version,
    ushort Cipher,
    string? Alpn,
    ushort[] Extensions,
    string Ja3s);
