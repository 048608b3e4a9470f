using System.Security.Cryptography.X509Certificates;
using BenchmarkDotNet.Attributes;
using TlsAppliance.Testing.Certificates;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Benchmarks.Tls.Certificates;

/// <summary>Per certificate that was never seen before.</summary>
public class CertificateReaderBenchmarks
{
    private readonly byte[] _der = SampleCertificates.Rsa2048;

    /// <summary>Some of the same facts from the runtime's own class.</summary>
    [Benchmark(Baseline = true)]
    public long X509CertificateLoader()
    {
        using X509Certificate2 certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(_der);
        return certificate.Subject.Length + certificate.Issuer.Length + certificate.SerialNumber.Length + certificate.Thumbprint.Length
            + certificate.NotBefore.Ticks + certificate.NotAfter.Ticks + certificate.SignatureAlgorithm.Value!.Length
            + certificate.PublicKey.EncodedKeyValue.RawData.Length;
    }

    [Benchmark]
    public long Read() => CertificateReader.Read((ReadOnlyMemory<byte>)_der).Version;
}
