using System.Security.Cryptography;

namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// Reads one DER certificate (RFC 5280 §4.1). Never fails: a field that cannot be read is left out and named in
/// <see cref="CertificateFacts.Anomalies"/>; bytes and digests are always there. Nothing is read recursively, so that nesting costs nothing.
/// </summary>
public static class CertificateReader
{
    private const int LastVersion = 3;
    private const int MaxSerialNumberBytesOfRfc = 20;
    private const byte DerTrue = 0xFF;

    private static readonly OidTable<bool> SubjectAlternativeName = new([("2.5.29.17", true)]);

    /// <summary>Reads a copy of the bytes.</summary>
    public static CertificateFacts Read(ReadOnlySpan<byte> der) => Read((ReadOnlyMemory<byte>)der.ToArray());

    /// <summary>Reads the bytes and keeps them: nobody may change them afterwards.</summary>
    public static CertificateFacts Read(ReadOnlyMemory<byte> der)
    {
        var anomalies = CertificateAnomalies.None;
        if (!TryOpen(der.Span, out DerReader signed, out ReadOnlySpan<byte> outerAlgorithm, ref anomalies))
        {
            return OnlyBytes(der);
        }

        // In the order of the wire: each of these reads the next element.
        int version = ReadVersion(ref signed, ref anomalies);
        ReadOnlyMemory<byte> serialNumber = ReadSerialNumber(ref signed, der, ref anomalies);
        SignatureAlgorithmName? signature = ReadSignatureAlgorithm(ref signed, outerAlgorithm, ref anomalies);
        DistinguishedName issuer = NameReader.Read(ref signed, CertificateAnomalies.Issuer, ref anomalies);
        (long? notBefore, long? notAfter) = ReadValidity(ref signed, ref anomalies);
        DistinguishedName subject = NameReader.Read(ref signed, CertificateAnomalies.Subject, ref anomalies);
        PublicKeyFacts? publicKey = PublicKeyReader.Read(ref signed, ref anomalies);
        IReadOnlyList<string> alternativeNames = ReadExtensions(ref signed, version, ref anomalies);

        return new CertificateFacts
        {
            Der = der,
            Md5 = Md5(der.Span),
            Sha1 = Sha1(der.Span),
            Sha256 = SHA256.HashData(der.Span),
            Version = version,
            SerialNumber = serialNumber,
            SignatureAlgorithm = signature?.Name,
            SignatureAlgorithmIsKnownToPacketbeat = signature?.IsKnownToPacketbeat ?? false,
            Issuer = issuer,
            NotBefore = notBefore,
            NotAfter = notAfter,
            Subject = subject,
            PublicKeyAlgorithm = publicKey?.Algorithm,
            PublicKeySize = publicKey?.Size,
            PublicKeyCurve = publicKey?.Curve,
            PublicKeyExponent = publicKey?.Exponent,
            AlternativeNames = alternativeNames,
            Anomalies = anomalies,
        };
    }

    private static CertificateFacts OnlyBytes(ReadOnlyMemory<byte> der) => new()
    {
        Der = der,
        Md5 = Md5(der.Span),
        Sha1 = Sha1(der.Span),
        Sha256 = SHA256.HashData(der.Span),
        Anomalies = CertificateAnomalies.Unreadable,
    };

#pragma warning disable CA5350, CA5351 // Fingerprints that people look certificates up by, not security.
    private static byte[] Md5(ReadOnlySpan<byte> der) => MD5.HashData(der);

    private static byte[] Sha1(ReadOnlySpan<byte> der) => SHA1.HashData(der);
#pragma warning restore CA5350, CA5351

    /// <summary>Certificate and TBSCertificate are sequences; a PKCS #7 or PEM in their place is none.</summary>
    private static bool TryOpen(
        ReadOnlySpan<byte> der, out DerReader signed, out ReadOnlySpan<byte> outerAlgorithm, ref CertificateAnomalies anomalies)
    {
        signed = default;
        outerAlgorithm = default;
        var reader = new DerReader(der);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader certificate) || !certificate.TryEnter(DerTag.Sequence, out signed))
        {
            return false;
        }

        if (!certificate.TryRead(DerTag.Sequence, out outerAlgorithm) || !certificate.TryRead(DerTag.BitString, out _))
        {
            anomalies |= CertificateAnomalies.SignatureAlgorithm;
        }

        if (!reader.IsEmpty || !certificate.IsEmpty)
        {
            anomalies |= CertificateAnomalies.TrailingData;
        }

        return true;
    }

    private static int ReadVersion(ref DerReader signed, ref CertificateAnomalies anomalies)
    {
        if (!signed.NextIs(DerTag.Explicit(0)))
        {
            return 1;
        }

        signed.TryEnter(DerTag.Explicit(0), out DerReader tagged);
        bool isNumber = tagged.TryRead(DerTag.Integer, out ReadOnlySpan<byte> octets) && octets.Length == 1;
        int version = isNumber ? (sbyte)octets[0] + 1 : 0;
        if (version is < 1 or > LastVersion)
        {
            anomalies |= CertificateAnomalies.Version;
        }

        return version;
    }

    private static ReadOnlyMemory<byte> ReadSerialNumber(ref DerReader signed, ReadOnlyMemory<byte> der, ref CertificateAnomalies anomalies)
    {
        if (!signed.TryRead(DerTag.Integer, out ReadOnlySpan<byte> octets) || !IsSerialNumberOfRfc(octets))
        {
            anomalies |= CertificateAnomalies.SerialNumber;
        }

        if (octets.Length > CertificateBounds.MaxSerialNumberBytes)
        {
            anomalies |= CertificateAnomalies.Truncated;
            octets = octets[..CertificateBounds.MaxSerialNumberBytes];
        }

        return der.Span.Overlaps(octets, out int offset) ? der.Slice(offset, octets.Length) : default;
    }

    /// <summary>Positive, minimal, 20 octets at most (RFC 5280 §4.1.2.2).</summary>
    private static bool IsSerialNumberOfRfc(ReadOnlySpan<byte> octets) => octets switch
    {
        [] or [0] or [>= 0x80, ..] or [0, < 0x80, ..] => false,
        _ => octets.Length <= MaxSerialNumberBytesOfRfc,
    };

    private static SignatureAlgorithmName? ReadSignatureAlgorithm(
        ref DerReader signed, ReadOnlySpan<byte> outerAlgorithm, ref CertificateAnomalies anomalies)
    {
        signed.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> algorithm);
        if (!algorithm.SequenceEqual(outerAlgorithm))
        {
            anomalies |= CertificateAnomalies.AlgorithmMismatch;
        }

        SignatureAlgorithmName? name = SignatureAlgorithmReader.Read(algorithm);
        if (name is null)
        {
            anomalies |= CertificateAnomalies.SignatureAlgorithm;
        }

        return name;
    }

    private static (long? NotBefore, long? NotAfter) ReadValidity(ref DerReader signed, ref CertificateAnomalies anomalies)
    {
        signed.TryEnter(DerTag.Sequence, out DerReader times);
        long? notBefore = ReadTime(ref times, ref anomalies);
        long? notAfter = ReadTime(ref times, ref anomalies);
        if (notAfter < notBefore)
        {
            anomalies |= CertificateAnomalies.Validity;
        }

        return (notBefore, notAfter);
    }

    private static long? ReadTime(ref DerReader times, ref CertificateAnomalies anomalies)
    {
        bool isStrict = false;
        long? time = times.TryRead(out DerElement element) ? TimeReader.Read(element, out isStrict) : null;
        if (time is null || !isStrict)
        {
            anomalies |= CertificateAnomalies.Validity;
        }

        return time;
    }

    /// <summary>Skips the unique identifiers, then reads the extensions for the alternative names.</summary>
    private static IReadOnlyList<string> ReadExtensions(ref DerReader signed, int version, ref CertificateAnomalies anomalies)
    {
        signed.TryReadOptional(DerTag.Implicit(1), out _);
        signed.TryReadOptional(DerTag.Implicit(2), out _);
        if (signed.IsEmpty)
        {
            return [];
        }

        signed.TryEnter(DerTag.Explicit(3), out DerReader tagged);
        tagged.TryEnter(DerTag.Sequence, out DerReader extensions);
        if (extensions.IsEmpty || !tagged.IsEmpty || !signed.IsEmpty || version < LastVersion)
        {
            anomalies |= CertificateAnomalies.Extensions;
        }

        return FindAlternativeNames(ref extensions, ref anomalies);
    }

    /// <summary>Of two such extensions the first one holds.</summary>
    private static IReadOnlyList<string> FindAlternativeNames(ref DerReader extensions, ref CertificateAnomalies anomalies)
    {
        IReadOnlyList<string>? names = null;
        while (!extensions.IsEmpty)
        {
            if (!TryReadExtension(ref extensions, out ReadOnlySpan<byte> oid, out ReadOnlySpan<byte> value, ref anomalies))
            {
                anomalies |= CertificateAnomalies.Extensions;
            }
            else if (SubjectAlternativeName.TryGet(oid, out _))
            {
                anomalies |= names is null ? CertificateAnomalies.None : CertificateAnomalies.Extensions;
                names ??= AlternativeNamesReader.Read(value, ref anomalies);
            }
        }

        return names ?? [];
    }

    private static bool TryReadExtension(
        ref DerReader extensions, out ReadOnlySpan<byte> oid, out ReadOnlySpan<byte> value, ref CertificateAnomalies anomalies)
    {
        value = default;
        oid = default;
        if (!extensions.TryEnter(DerTag.Sequence, out DerReader extension) || !extension.TryRead(DerTag.ObjectIdentifier, out oid))
        {
            return false;
        }

        if (extension.TryReadOptional(DerTag.Boolean, out ReadOnlySpan<byte> critical) && critical is not [DerTrue])
        {
            anomalies |= CertificateAnomalies.Extensions;
        }

        return extension.TryRead(DerTag.OctetString, out value);
    }
}
