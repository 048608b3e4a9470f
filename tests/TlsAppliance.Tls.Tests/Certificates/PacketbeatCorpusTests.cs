using System.Security.Cryptography;
using System.Text.Json;
using TlsAppliance.Testing;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Tls.Tests.Certificates;

/// <summary>The certificates that a real Packetbeat read from the captures of the corpus: it wrote their bytes and what it made of them.</summary>
public sealed class PacketbeatCorpusTests
{
    private const int FewestCertificates = 100;

    [Fact]
    public void Every_certificate_reads_as_packetbeat_reads_it()
    {
        _ = ReferenceFiles.CorpusTruth;
        string? folder = RepositoryRoot.Shared("corpus", "packetbeat");
        Assert.SkipWhen(folder is null, "There are no events of Packetbeat beside this clone.");
        int compared = Directory.EnumerateFiles(folder!, "*.ndjson").SelectMany(File.ReadLines).Sum(CompareEvent);

        Assert.True(compared >= FewestCertificates, $"Only {compared} certificates were compared.");
    }

    private static int CompareEvent(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("tls", out JsonElement tls) ? CompareSide(tls, "server") + CompareSide(tls, "client") : 0;
    }

    private static int CompareSide(JsonElement tls, string side)
    {
        if (!tls.TryGetProperty(side, out JsonElement endpoint) || !endpoint.TryGetProperty("certificate_chain", out JsonElement chain))
        {
            return 0;
        }

        List<JsonElement> objects = [endpoint.GetProperty("x509")];
        if (tls.GetProperty("detailed").TryGetProperty(side + "_certificate_chain", out JsonElement others))
        {
            objects.AddRange(others.EnumerateArray());
        }

        Assert.Equal(chain.GetArrayLength(), objects.Count);
        foreach ((JsonElement pem, JsonElement expected) in chain.EnumerateArray().Zip(objects))
        {
            PacketbeatCertificate.AssertFields(expected, CertificateReader.Read(DerOf(pem.GetString()!).AsSpan()));
        }

        return objects.Count;
    }

    private static byte[] DerOf(string pem)
    {
        PemFields fields = PemEncoding.Find(pem);
        return Convert.FromBase64String(pem[fields.Base64Data]);
    }
}
