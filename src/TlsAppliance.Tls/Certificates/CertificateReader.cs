using System.Security.Cryptography;

namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// Reads one DER certificate (RFC 5280 §4.1). Never fails: a field that cannot be read is left out and named in
/// <see cref="CertificateFacts.Anomalies"/>; bytes and digests are always there.
/// </summary>
public static class CertificateReader
{
    /// <summary>Reads a copy of the bytes.</summary>
    public static CertificateFacts Read(ReadOnlySpan<byte> der) => Read((ReadOnlyMemory<byte>)der.ToArray());

    /// <summary>Reads the bytes and keeps them: nobody may change them afterwards.</summary>
#pragma warning disable CA5350, CA5351 // MD5 and SHA-1 are fingerprints that people look certificates up by, not security.
    public static CertificateFacts Read(ReadOnlyMemory<byte> der) => new()
    {
        Der = der,
        Md5 = MD5.HashData(der.Span),
        Sha1 = SHA1.HashData(der.Span),
        Sha256 = SHA256.HashData(der.Span),
    };
#pragma warning restore CA5350, CA5351
}
