using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TlsAppliance.Testing.Certificates;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Tls.Tests.Certificates;

public sealed class CertificateReaderTests
{
    private const int Sha256Length = 32;

    public static TheoryData<string> Samples => [.. SampleCertificates.All.Keys];

    [Theory]
    [InlineData("Rsa2048", "SHA256-RSA", true, "RSA", 2048, null)]
    [InlineData("Rsa1024Sha1", "SHA1-RSA", true, "RSA", 1024, null)]
    [InlineData("RsaPssKey", "RSASSA-PSS", false, "RSASSA-PSS", 2048, null)]
    [InlineData("RsaPssSha256", "SHA256-RSAPSS", true, "RSA", 2048, null)]
    [InlineData("RsaPssSha384", "SHA384-RSAPSS", true, "RSA", 2048, null)]
    [InlineData("RsaPssSha512", "SHA512-RSAPSS", true, "RSA", 2048, null)]
    [InlineData("Dsa1024", "DSA-SHA256", true, "DSA", 1024, null)]
    [InlineData("EcP192", "ECDSA-SHA256", true, "ECDSA", 192, "secp192r1")]
    [InlineData("EcP224", "ECDSA-SHA224", false, "ECDSA", 224, "secp224r1")]
    [InlineData("EcP256", "ECDSA-SHA256", true, "ECDSA", 256, "secp256r1")]
    [InlineData("EcP384", "ECDSA-SHA384", true, "ECDSA", 384, "secp384r1")]
    [InlineData("EcP521", "ECDSA-SHA512", true, "ECDSA", 521, "secp521r1")]
    [InlineData("EcSecp256K1", "ECDSA-SHA256", true, "ECDSA", 256, "secp256k1")]
    [InlineData("EcBrainpool256", "ECDSA-SHA256", true, "ECDSA", 256, "brainpoolP256r1")]
    [InlineData("EcBrainpool512", "ECDSA-SHA512", true, "ECDSA", 512, "brainpoolP512r1")]
    [InlineData("EcSect233K1", "ECDSA-SHA256", true, "ECDSA", 233, "sect233k1")]
    [InlineData("EcExplicit", "ECDSA-SHA256", true, "ECDSA", 256, null)]
    [InlineData("Ed25519", "Ed25519", true, "Ed25519", null, null)]
    [InlineData("Ed448", "Ed448", false, "Ed448", null, null)]
    public void Algorithms_and_keys_have_their_names(
        string sample, string signature, bool isKnownToPacketbeat, string key, int? size, string? curve)
    {
        CertificateFacts facts = CertificateReader.Read(SampleCertificates.All[sample]);

        Assert.Equal(signature, facts.SignatureAlgorithm);
        Assert.Equal(isKnownToPacketbeat, facts.SignatureAlgorithmIsKnownToPacketbeat);
        Assert.Equal(key, facts.PublicKeyAlgorithm);
        Assert.Equal(size, facts.PublicKeySize);
        Assert.Equal(curve, facts.PublicKeyCurve);
        Assert.Equal(key.StartsWith("RSA") ? 65537 : null, facts.PublicKeyExponent);
        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Names_are_read_and_printed_as_go_does(string sample)
    {
        CertificateFacts facts = CertificateReader.Read(SampleCertificates.All[sample]);

        Assert.Equal(@"CN=www.example.test,OU=One+OU=Two,O=Example \+ Sons\, Ltd.,L=München,ST=Bayern,C=DE", facts.Subject.Text);
        Assert.Equal(facts.Subject.Text, facts.Issuer.Text);
        Assert.Equal("One Two", facts.Subject.OrganizationalUnit);
        Assert.Equal("Example + Sons, Ltd.", facts.Subject.Organization);
        Assert.Equal(["www.example.test", "*.example.test", "ops@example.test", "192.0.2.7", "2001:db8::7"], facts.AlternativeNames);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Agrees_with_the_reader_of_the_platform(string sample)
    {
        byte[] der = SampleCertificates.All[sample];
        CertificateFacts facts = CertificateReader.Read(der);
        using X509Certificate2 oracle = X509CertificateLoader.LoadCertificate(der);

        Assert.Equal(oracle.Version, facts.Version);
        Assert.Equal(oracle.SerialNumber, Convert.ToHexString(facts.SerialNumber.Span));
        Assert.Equal(oracle.NotBefore.ToUniversalTime(), FromSeconds(facts.NotBefore));
        Assert.Equal(oracle.NotAfter.ToUniversalTime(), FromSeconds(facts.NotAfter));
        Assert.Equal(oracle.GetCertHashString(HashAlgorithmName.MD5), Convert.ToHexString(facts.Md5.Span));
        Assert.Equal(oracle.GetCertHashString(HashAlgorithmName.SHA1), Convert.ToHexString(facts.Sha1.Span));
        Assert.Equal(oracle.GetCertHashString(HashAlgorithmName.SHA256), Convert.ToHexString(facts.Sha256.Span));
        X509SubjectAlternativeNameExtension names = oracle.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(names.EnumerateDnsNames(), facts.AlternativeNames.Take(2));
        Assert.Equal(names.EnumerateIPAddresses(), facts.AlternativeNames.Skip(3).Select(IPAddress.Parse));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_prefix_keeps_bytes_and_digests(string sample)
    {
        byte[] der = SampleCertificates.All[sample];
        for (int length = 0; length < der.Length; length++)
        {
            CertificateFacts facts = CertificateReader.Read(der.AsSpan(0, length));

            Assert.Equal(CertificateAnomalies.Unreadable, facts.Anomalies);
            Assert.Equal(length, facts.Der.Length);
            Assert.Equal(SHA256.HashData(der.AsSpan(0, length)), facts.Sha256.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Bytes_after_the_certificate_are_an_anomaly(string sample)
    {
        CertificateFacts facts = CertificateReader.Read([.. SampleCertificates.All[sample], 0]);

        Assert.Equal(CertificateAnomalies.TrailingData, facts.Anomalies);
        Assert.Equal("www.example.test", facts.Subject.CommonName);
    }

    [Fact]
    public void Ten_thousand_mutations_do_no_harm()
    {
        byte[][] samples = [.. SampleCertificates.All.Values];
        var random = new Random(51_63);
        for (int round = 0; round < 10_000; round++)
        {
            byte[] der = [.. samples[round % samples.Length]];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                der[random.Next(der.Length)] = (byte)random.Next(256);
            }

            CertificateFacts facts = CertificateReader.Read(der);

            Assert.Equal(Sha256Length, facts.Sha256.Length);
            Assert.True(facts.AlternativeNames.Count <= CertificateBounds.MaxAlternativeNames);
            Assert.True(facts.Subject.Text.Length <= 4 * CertificateBounds.MaxNameBytes);
        }
    }

    [Fact]
    public void Vectors_of_single_certificates()
    {
        IReadOnlyList<JsonElement> vectors = ReferenceFiles.Vectors("certificate_der");
        Assert.NotEmpty(vectors);
        foreach (JsonElement vector in vectors)
        {
            byte[] der = Convert.FromHexString(vector.GetProperty("input").GetProperty("hex").GetString()!);
            JsonElement expected = vector.GetProperty("expected");
            CertificateFacts facts = CertificateReader.Read(der);

            // Packetbeat loses certificates that Go refuses; we read them.
            Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
            if (!expected.TryGetProperty("parse_error", out _))
            {
                PacketbeatCertificate.AssertFields(expected, facts);
            }
        }
    }

    [Fact]
    public void Vectors_of_certificate_messages()
    {
        IReadOnlyList<JsonElement> vectors = ReferenceFiles.Vectors("certificate_message");
        Assert.NotEmpty(vectors);
        foreach (JsonElement vector in vectors.Where(vector => vector.GetProperty("expected").TryGetProperty("leaf_contains", out _)))
        {
            JsonElement expected = vector.GetProperty("expected");
            CertificateFacts[] chain = [.. ChainOf(vector).Select(der => CertificateReader.Read(der.AsSpan()))];

            Assert.Equal(expected.GetProperty("count").GetInt32(), chain.Length);
            PacketbeatCertificate.AssertFields(expected.GetProperty("leaf_contains"), chain[0]);
            Assert.Equal(expected.GetProperty("second_subject_common_name").GetString(), chain[1].Subject.CommonName);
            Assert.Equal(expected.GetProperty("leaf_hash").GetProperty("md5").GetString(), Convert.ToHexString(chain[0].Md5.Span));
            Assert.Equal(expected.GetProperty("leaf_hash").GetProperty("sha1").GetString(), Convert.ToHexString(chain[0].Sha1.Span));
            Assert.Equal(expected.GetProperty("leaf_hash").GetProperty("sha256").GetString(), Convert.ToHexString(chain[0].Sha256.Span));
        }
    }

    [Fact]
    public void Vectors_of_fingerprint_names()
    {
        CertificateFacts empty = CertificateReader.Read(ReadOnlySpan<byte>.Empty);
        IReadOnlyList<JsonElement> vectors = ReferenceFiles.Vectors("fingerprint_config");
        Assert.NotEmpty(vectors);
        foreach (JsonElement vector in vectors)
        {
            Assert.True(DigestAlgorithms.TryParse(vector.GetProperty("input").GetProperty("name").GetString()!, out DigestAlgorithm algorithm));
            ReadOnlyMemory<byte> digest = algorithm switch
            {
                DigestAlgorithm.Md5 => empty.Md5,
                DigestAlgorithm.Sha1 => empty.Sha1,
                _ => empty.Sha256,
            };

            Assert.Equal(vector.GetProperty("expected").GetProperty("resolved").GetString(), algorithm.ToString().ToLowerInvariant());
            Assert.Equal(vector.GetProperty("expected").GetProperty("hash_of_empty").GetString(), Convert.ToHexStringLower(digest.Span));
        }
    }

    [Fact]
    public void Names_of_no_digest_are_refused()
    {
        Assert.False(DigestAlgorithms.TryParse("sha512", out _));
        Assert.False(DigestAlgorithms.TryParse("", out _));
    }

    private static DateTime? FromSeconds(long? seconds) => seconds is { } value ? DateTimeOffset.FromUnixTimeSeconds(value).UtcDateTime : null;

    /// <summary>Record header 5, handshake header 4, list length 3, then length 3 and certificate each.</summary>
    private static IEnumerable<byte[]> ChainOf(JsonElement vector)
    {
        string hex = string.Concat(vector.GetProperty("input").GetProperty("segments").EnumerateArray().Select(segment => segment.GetString()));
        byte[] bytes = Convert.FromHexString(hex);
        for (int at = 12; at < bytes.Length;)
        {
            int length = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
            yield return bytes[(at + 3)..(at + 3 + length)];
            at += 3 + length;
        }
    }
}
