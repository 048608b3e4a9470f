using System.Text.Json;

namespace TlsAppliance.Corpus.Tests.Facts;

/// <summary>
/// What tshark found of one session: numbers and bytes of the wire (<c>replay-corpus/make/facts.py</c>). Absent parts are null or empty.
/// </summary>
internal sealed record SessionFacts(
    string Client,
    string Server,
    bool HelloRetry,
    ClientHelloFacts? ClientHello,
    ServerHelloFacts? ServerHello,
    ushort? Group,
    CertificateDigests[] Certificates,
    CertificateDigests[] ClientCertificates,
    bool ClientCertificateRequested,
    bool OcspResponse,
    AlertFacts[] Alerts,
    bool Resumed)
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The sessions of a <c>facts.json</c> in the order of their first message.</summary>
    public static SessionFacts[] Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return JsonSerializer.Deserialize<Dictionary<string, SessionFacts[]>>(file, SnakeCase)!["sessions"];
    }
}
