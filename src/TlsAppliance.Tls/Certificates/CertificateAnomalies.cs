namespace TlsAppliance.Tls.Certificates;

/// <summary>What was odd about a certificate. A field named here is missing, incomplete or not as RFC 5280 wants it; the fields not named were read.</summary>
[Flags]
public enum CertificateAnomalies
{
    None = 0,

    /// <summary>Not a DER certificate at all: only the bytes and their digests are known.</summary>
    Unreadable = 1 << 0,
    Version = 1 << 1,
    SerialNumber = 1 << 2,
    SignatureAlgorithm = 1 << 3,
    Issuer = 1 << 4,
    Validity = 1 << 5,
    Subject = 1 << 6,
    PublicKey = 1 << 7,
    Extensions = 1 << 8,
    AlternativeNames = 1 << 9,

    /// <summary>The signature algorithms inside and outside of the signed part differ.</summary>
    AlgorithmMismatch = 1 << 10,

    /// <summary>Bytes follow the certificate.</summary>
    TrailingData = 1 << 11,

    /// <summary>A list or text was longer than the bounds and is cut.</summary>
    Truncated = 1 << 12,
}
