namespace TlsAppliance.Tls.Certificates;

/// <summary>The digests of a certificate that <see cref="CertificateFacts"/> holds.</summary>
public enum DigestAlgorithm : byte
{
    Md5,
    Sha1,
    Sha256,
}
