namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// The facts of one X.509 certificate (RFC 5280), immutable and shared by every session that showed the same bytes. Built once by
/// <see cref="CertificateReader"/>; a field that could not be read is null or empty and named in <see cref="Anomalies"/>.
/// </summary>
public sealed class CertificateFacts
{
    /// <summary>The certificate as sent.</summary>
    public required ReadOnlyMemory<byte> Der { get; init; }

    /// <summary>1, 2 or 3 as meant (the wire says 0, 1, 2); other values as on the wire plus one.</summary>
    public int Version { get; init; }

    /// <summary>Contents octets of the serial number INTEGER (two's complement, big-endian), possibly not minimal.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; init; }

    public DistinguishedName Issuer { get; init; } = DistinguishedName.Empty;

    public DistinguishedName Subject { get; init; } = DistinguishedName.Empty;

    /// <summary>Seconds since 1970-01-01T00:00:00Z, or null when unreadable. Year 0000 to 9999.</summary>
    public long? NotBefore { get; init; }

    /// <inheritdoc cref="NotBefore"/>
    public long? NotAfter { get; init; }

    /// <summary>Name as Go's crypto/x509 spells it (<c>SHA256-RSA</c>, <c>ECDSA-SHA384</c>, …; ours for what Go does not know: <c>Ed448</c>, <c>ML-DSA-65</c>); else the dotted OID.</summary>
    public string? SignatureAlgorithm { get; init; }

    /// <summary>False when Go (and so Packetbeat) has no name for it and prints <c>0</c>.</summary>
    public bool SignatureAlgorithmIsKnownToPacketbeat { get; init; }

    /// <summary><c>RSA</c>, <c>DSA</c>, <c>ECDSA</c>, <c>Ed25519</c>, <c>ML-DSA-65</c> …; else the dotted OID.</summary>
    public string? PublicKeyAlgorithm { get; init; }

    /// <summary>Bits: RSA modulus, DSA p, curve field size; null for other kinds.</summary>
    public int? PublicKeySize { get; init; }

    /// <summary>Name of the curve (<c>secp256r1</c>, <c>secp256k1</c> …) of an EC key; dotted OID when unnamed.</summary>
    public string? PublicKeyCurve { get; init; }

    /// <summary>RSA public exponent when it fits, else null.</summary>
    public long? PublicKeyExponent { get; init; }

    /// <summary>subjectAltName: all DNS names, then all e-mail addresses, then all IP addresses in text form.</summary>
    public IReadOnlyList<string> AlternativeNames { get; init; } = [];

    public CertificateAnomalies Anomalies { get; init; }

    /// <summary>16 bytes.</summary>
    public required ReadOnlyMemory<byte> Md5 { get; init; }

    /// <summary>20 bytes.</summary>
    public required ReadOnlyMemory<byte> Sha1 { get; init; }

    /// <summary>32 bytes.</summary>
    public required ReadOnlyMemory<byte> Sha256 { get; init; }
}
