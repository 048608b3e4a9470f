using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Client;

/// <summary>A certificate authority of one test, with what it issued and the files that options name.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset s_from = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _made = [];

    /// <param name="parent">Who issued it; null for a root.</param>
    public TestAuthority(TestAuthority? parent = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(parent is null ? "CN=Test authority" : "CN=Authority between", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Certificate = parent is null
            ? request.CreateSelfSigned(s_from, s_from.AddDays(30))
            : request.Create(parent.Certificate, s_from, s_from.AddDays(25), Guid.NewGuid().ToByteArray()).CopyWithPrivateKey(key);
        File = Write("ca.pem", Certificate.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Its certificate as PEM.</summary>
    public string File { get; }

    public string Fingerprint => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder.Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <param name="address">Name or address that it is for; empty for a certificate without alternative names.</param>
    public X509Certificate2 Issue(string address, TimeSpan? validity = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (address.Length > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            if (IPAddress.TryParse(address, out IPAddress? ip))
            {
                names.AddIpAddress(ip);
            }
            else
            {
                names.AddDnsName(address);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        using X509Certificate2 bare = request.Create(Certificate, s_from, s_from + (validity ?? TimeSpan.FromDays(20)), Guid.NewGuid().ToByteArray());
        X509Certificate2 certificate = bare.CopyWithPrivateKey(key);
        _made.Add(certificate);
        return certificate;
    }

    public void Dispose()
    {
        _made.ForEach(certificate => certificate.Dispose());
        Certificate.Dispose();
        _folder.Dispose();
    }
}
