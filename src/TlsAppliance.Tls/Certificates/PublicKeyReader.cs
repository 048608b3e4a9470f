using System.Numerics;

namespace TlsAppliance.Tls.Certificates;

/// <summary>Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7): kind and size, not the key.</summary>
internal static class PublicKeyReader
{
    private const string Rsa = "RSA";
    private const string Dsa = "DSA";
    private const string EllipticCurve = "ECDSA";

    private static readonly OidTable<KeyAlgorithm> Algorithms = new(
    [
        ("1.2.840.113549.1.1.1", new(Rsa, 0)),
        ("1.2.840.113549.1.1.7", new("RSAES-OAEP", 0)),
        ("1.2.840.113549.1.1.10", new("RSASSA-PSS", 0)),
        ("1.2.840.10040.4.1", new(Dsa, 0)),
        ("1.2.840.10046.2.1", new("DH", 0)),
        ("1.2.840.10045.2.1", new(EllipticCurve, 0)),
        ("1.3.101.110", new("X25519", 32)),
        ("1.3.101.111", new("X448", 56)),
        ("1.3.101.112", new("Ed25519", 32)),
        ("1.3.101.113", new("Ed448", 57)),
        ("2.16.840.1.101.3.4.3.17", new("ML-DSA-44", 1312)),
        ("2.16.840.1.101.3.4.3.18", new("ML-DSA-65", 1952)),
        ("2.16.840.1.101.3.4.3.19", new("ML-DSA-87", 2592)),
        ("2.16.840.1.101.3.4.3.20", new("SLH-DSA-SHA2-128s", 32)),
        ("2.16.840.1.101.3.4.3.21", new("SLH-DSA-SHA2-128f", 32)),
        ("2.16.840.1.101.3.4.3.22", new("SLH-DSA-SHA2-192s", 48)),
        ("2.16.840.1.101.3.4.3.23", new("SLH-DSA-SHA2-192f", 48)),
        ("2.16.840.1.101.3.4.3.24", new("SLH-DSA-SHA2-256s", 64)),
        ("2.16.840.1.101.3.4.3.25", new("SLH-DSA-SHA2-256f", 64)),
        ("2.16.840.1.101.3.4.3.26", new("SLH-DSA-SHAKE-128s", 32)),
        ("2.16.840.1.101.3.4.3.27", new("SLH-DSA-SHAKE-128f", 32)),
        ("2.16.840.1.101.3.4.3.28", new("SLH-DSA-SHAKE-192s", 48)),
        ("2.16.840.1.101.3.4.3.29", new("SLH-DSA-SHAKE-192f", 48)),
        ("2.16.840.1.101.3.4.3.30", new("SLH-DSA-SHAKE-256s", 64)),
        ("2.16.840.1.101.3.4.3.31", new("SLH-DSA-SHAKE-256f", 64)),
        ("2.16.840.1.101.3.4.4.1", new("ML-KEM-512", 800)),
        ("2.16.840.1.101.3.4.4.2", new("ML-KEM-768", 1184)),
        ("2.16.840.1.101.3.4.4.3", new("ML-KEM-1024", 1568)),
        ("1.2.643.2.2.19", new("GOST R 34.10-2001", 0)),
        ("1.2.643.7.1.1.1.1", new("GOST R 34.10-2012-256", 0)),
        ("1.2.643.7.1.1.1.2", new("GOST R 34.10-2012-512", 0)),
    ]);

    private static readonly OidTable<bool> PrimeField = new([("1.2.840.10045.1.1", true)]);

    /// <summary>Null: no public key at all. Parts of it that could not be read are null and set the anomaly.</summary>
    internal static PublicKeyFacts? Read(ref DerReader certificate, ref CertificateAnomalies anomalies)
    {
        if (!certificate.TryEnter(DerTag.Sequence, out DerReader info) ||
            !info.TryEnter(DerTag.Sequence, out DerReader algorithm) ||
            !algorithm.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid))
        {
            anomalies |= CertificateAnomalies.PublicKey;
            return null;
        }

        ReadOnlySpan<byte> key = ReadKeyBits(ref info, ref anomalies);
        if (!Algorithms.TryGet(oid, out KeyAlgorithm known))
        {
            return new PublicKeyFacts(OidText.Of(oid));
        }

        return known.Name switch
        {
            Rsa or "RSASSA-PSS" or "RSAES-OAEP" => ReadRsa(known.Name, key, ref anomalies),
            Dsa or "DH" => ReadDomainPrime(known.Name, ref algorithm, ref anomalies),
            EllipticCurve => ReadEllipticCurve(ref algorithm, ref anomalies),
            _ => ReadFixedSize(known.Name, known.KeyBytes, key, ref anomalies),
        };
    }

    /// <summary>A BIT STRING begins with the number of bits that its last octet does not use: 0 in a key.</summary>
    private static ReadOnlySpan<byte> ReadKeyBits(ref DerReader info, ref CertificateAnomalies anomalies)
    {
        bool isWhole = info.TryRead(DerTag.BitString, out ReadOnlySpan<byte> bits) && bits.Length > 1 && bits[0] == 0;
        anomalies |= isWhole ? CertificateAnomalies.None : CertificateAnomalies.PublicKey;
        return isWhole ? bits[1..] : default;
    }

    private static PublicKeyFacts ReadRsa(string name, ReadOnlySpan<byte> key, ref CertificateAnomalies anomalies)
    {
        var reader = new DerReader(key);
        reader.TryEnter(DerTag.Sequence, out DerReader numbers);
        int? size = ReadBitLength(ref numbers, ref anomalies);
        return new PublicKeyFacts(name, size, Exponent: ReadExponent(ref numbers, ref anomalies));
    }

    private static long? ReadExponent(ref DerReader numbers, ref CertificateAnomalies anomalies)
    {
        if (!numbers.TryRead(DerTag.Integer, out ReadOnlySpan<byte> octets) || octets.IsEmpty || octets[0] >= 0x80)
        {
            anomalies |= CertificateAnomalies.PublicKey;
            return null;
        }

        octets = octets.TrimStart((byte)0);
        return octets.Length < sizeof(long) ? (long)ReadUnsigned(octets) : null;
    }

    private static ulong ReadUnsigned(ReadOnlySpan<byte> octets)
    {
        ulong value = 0;
        foreach (byte octet in octets)
        {
            value = (value << 8) | octet;
        }

        return value;
    }

    /// <summary>Dss-Parms and DomainParameters (RFC 3279 §2.3) both begin with p. They may be inherited from the issuer.</summary>
    private static PublicKeyFacts ReadDomainPrime(string name, ref DerReader algorithm, ref CertificateAnomalies anomalies) =>
        algorithm.TryEnter(DerTag.Sequence, out DerReader parameters)
            ? new PublicKeyFacts(name, ReadBitLength(ref parameters, ref anomalies))
            : new PublicKeyFacts(name);

    /// <summary>ECParameters (RFC 5480 §2.1.1): a named curve, or all of its numbers.</summary>
    private static PublicKeyFacts ReadEllipticCurve(ref DerReader algorithm, ref CertificateAnomalies anomalies)
    {
        if (algorithm.TryReadOptional(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid))
        {
            return NamedCurve.TryFind(oid, out NamedCurve curve)
                ? new PublicKeyFacts(curve.Name == NamedCurve.Sm2 ? "SM2" : EllipticCurve, curve.Bits, curve.Name)
                : new PublicKeyFacts(EllipticCurve, Curve: OidText.Of(oid));
        }

        return new PublicKeyFacts(EllipticCurve, ReadExplicitFieldSize(ref algorithm, ref anomalies));
    }

    /// <summary>SpecifiedECDomain begins with version and field; only prime fields are measured.</summary>
    private static int? ReadExplicitFieldSize(ref DerReader algorithm, ref CertificateAnomalies anomalies)
    {
        if (algorithm.TryEnter(DerTag.Sequence, out DerReader domain) &&
            domain.TryRead(DerTag.Integer, out _) &&
            domain.TryEnter(DerTag.Sequence, out DerReader field) &&
            field.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> kind))
        {
            return PrimeField.TryGet(kind, out _) ? ReadBitLength(ref field, ref anomalies) : null;
        }

        anomalies |= CertificateAnomalies.PublicKey;
        return null;
    }

    private static PublicKeyFacts ReadFixedSize(string name, int keyBytes, ReadOnlySpan<byte> key, ref CertificateAnomalies anomalies)
    {
        if (keyBytes != 0 && key.Length != keyBytes)
        {
            anomalies |= CertificateAnomalies.PublicKey;
        }

        return new PublicKeyFacts(name);
    }

    /// <summary>Bits of the next INTEGER without its sign; null when there is none or it is zero.</summary>
    private static int? ReadBitLength(ref DerReader numbers, ref CertificateAnomalies anomalies)
    {
        bool isRead = numbers.TryRead(DerTag.Integer, out ReadOnlySpan<byte> octets);
        bool isPositive = isRead && !octets.IsEmpty && octets[0] < 0x80;
        octets = octets.TrimStart((byte)0);
        if (!isPositive || octets.IsEmpty)
        {
            anomalies |= CertificateAnomalies.PublicKey;
        }

        return octets.IsEmpty ? null : (octets.Length * 8) - BitOperations.LeadingZeroCount((uint)octets[0]) + 24;
    }

    /// <param name="Name">As events show it.</param>
    /// <param name="KeyBytes">Length of the key, where the algorithm has just one.</param>
    private readonly record struct KeyAlgorithm(string Name, int KeyBytes);
}
