namespace TlsAppliance.Tls.Certificates;

/// <summary>Names the AlgorithmIdentifier of a signature (RFC 5280 §4.1.1.2).</summary>
internal static class SignatureAlgorithmReader
{
    private const string Pss = "RSASSA-PSS";
    private const string Ed25519 = "Ed25519";

    private static readonly OidTable<SignatureAlgorithmName> Algorithms = new(
    [
        ("1.2.840.113549.1.1.2", Known("MD2-RSA")),
        ("1.2.840.113549.1.1.4", Known("MD5-RSA")),
        ("1.2.840.113549.1.1.5", Known("SHA1-RSA")),
        ("1.3.14.3.2.29", Known("SHA1-RSA")),
        ("1.2.840.113549.1.1.11", Known("SHA256-RSA")),
        ("1.2.840.113549.1.1.12", Known("SHA384-RSA")),
        ("1.2.840.113549.1.1.13", Known("SHA512-RSA")),
        ("1.2.840.113549.1.1.10", Ours(Pss)),
        ("1.2.840.10040.4.3", Known("DSA-SHA1")),
        ("2.16.840.1.101.3.4.3.2", Known("DSA-SHA256")),
        ("1.2.840.10045.4.1", Known("ECDSA-SHA1")),
        ("1.2.840.10045.4.3.2", Known("ECDSA-SHA256")),
        ("1.2.840.10045.4.3.3", Known("ECDSA-SHA384")),
        ("1.2.840.10045.4.3.4", Known("ECDSA-SHA512")),
        ("1.3.101.112", Known(Ed25519)),
        ("1.2.840.113549.1.1.3", Ours("MD4-RSA")),
        ("1.2.840.113549.1.1.14", Ours("SHA224-RSA")),
        ("1.2.840.113549.1.1.15", Ours("SHA512-224-RSA")),
        ("1.2.840.113549.1.1.16", Ours("SHA512-256-RSA")),
        ("1.3.14.3.2.3", Ours("MD5-RSA")),
        ("1.3.36.3.3.1.2", Ours("RIPEMD160-RSA")),
        ("2.16.840.1.101.3.4.3.13", Ours("SHA3-224-RSA")),
        ("2.16.840.1.101.3.4.3.14", Ours("SHA3-256-RSA")),
        ("2.16.840.1.101.3.4.3.15", Ours("SHA3-384-RSA")),
        ("2.16.840.1.101.3.4.3.16", Ours("SHA3-512-RSA")),
        ("1.3.14.3.2.27", Ours("DSA-SHA1")),
        ("2.16.840.1.101.3.4.3.1", Ours("DSA-SHA224")),
        ("2.16.840.1.101.3.4.3.3", Ours("DSA-SHA384")),
        ("2.16.840.1.101.3.4.3.4", Ours("DSA-SHA512")),
        ("1.2.840.10045.4.3.1", Ours("ECDSA-SHA224")),
        ("2.16.840.1.101.3.4.3.9", Ours("ECDSA-SHA3-224")),
        ("2.16.840.1.101.3.4.3.10", Ours("ECDSA-SHA3-256")),
        ("2.16.840.1.101.3.4.3.11", Ours("ECDSA-SHA3-384")),
        ("2.16.840.1.101.3.4.3.12", Ours("ECDSA-SHA3-512")),
        ("1.3.101.113", Ours("Ed448")),
        ("2.16.840.1.101.3.4.3.17", Ours("ML-DSA-44")),
        ("2.16.840.1.101.3.4.3.18", Ours("ML-DSA-65")),
        ("2.16.840.1.101.3.4.3.19", Ours("ML-DSA-87")),
        ("2.16.840.1.101.3.4.3.20", Ours("SLH-DSA-SHA2-128s")),
        ("2.16.840.1.101.3.4.3.21", Ours("SLH-DSA-SHA2-128f")),
        ("2.16.840.1.101.3.4.3.22", Ours("SLH-DSA-SHA2-192s")),
        ("2.16.840.1.101.3.4.3.23", Ours("SLH-DSA-SHA2-192f")),
        ("2.16.840.1.101.3.4.3.24", Ours("SLH-DSA-SHA2-256s")),
        ("2.16.840.1.101.3.4.3.25", Ours("SLH-DSA-SHA2-256f")),
        ("2.16.840.1.101.3.4.3.26", Ours("SLH-DSA-SHAKE-128s")),
        ("2.16.840.1.101.3.4.3.27", Ours("SLH-DSA-SHAKE-128f")),
        ("2.16.840.1.101.3.4.3.28", Ours("SLH-DSA-SHAKE-192s")),
        ("2.16.840.1.101.3.4.3.29", Ours("SLH-DSA-SHAKE-192f")),
        ("2.16.840.1.101.3.4.3.30", Ours("SLH-DSA-SHAKE-256s")),
        ("2.16.840.1.101.3.4.3.31", Ours("SLH-DSA-SHAKE-256f")),
        ("1.2.643.2.2.3", Ours("GOST R 34.10-2001")),
        ("1.2.643.7.1.1.3.2", Ours("GOST R 34.10-2012-256")),
        ("1.2.643.7.1.1.3.3", Ours("GOST R 34.10-2012-512")),
        ("1.2.156.10197.1.501", Ours("SM2-SM3")),
    ]);

    private static readonly OidTable<PssForm> PssOfHash = new(
    [
        ("2.16.840.1.101.3.4.2.1", new("SHA256-RSAPSS", 32)),
        ("2.16.840.1.101.3.4.2.2", new("SHA384-RSAPSS", 48)),
        ("2.16.840.1.101.3.4.2.3", new("SHA512-RSAPSS", 64)),
    ]);

    private static readonly OidTable<bool> MaskGenerationFunction1 = new([("1.2.840.113549.1.1.8", true)]);

    /// <summary>Null: no algorithm identifier. One without a name is shown by its dotted form.</summary>
    /// <param name="algorithm">Contents of the AlgorithmIdentifier.</param>
    internal static SignatureAlgorithmName? Read(ReadOnlySpan<byte> algorithm)
    {
        var reader = new DerReader(algorithm);
        if (!reader.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid))
        {
            return null;
        }

        if (!Algorithms.TryGet(oid, out SignatureAlgorithmName known))
        {
            return Ours(OidText.Of(oid));
        }

        return known.Name switch
        {
            Pss => ReadPss(ref reader),
            Ed25519 => new SignatureAlgorithmName(Ed25519, IsKnownToPacketbeat: reader.IsEmpty),
            _ => known,
        };
    }

    private static SignatureAlgorithmName Known(string name) => new(name, IsKnownToPacketbeat: true);

    private static SignatureAlgorithmName Ours(string name) => new(name, IsKnownToPacketbeat: false);

    /// <summary>
    /// RSASSA-PSS-params (RFC 4055 §3.1): Go has a name for equal hashes of message and mask, the salt as long as the hash, and trailer 1.
    /// </summary>
    private static SignatureAlgorithmName ReadPss(ref DerReader reader)
    {
        if (!reader.TryEnter(DerTag.Sequence, out DerReader parameters) ||
            !TryReadHash(ref parameters, out ReadOnlySpan<byte> hash) ||
            !TryReadMaskHash(ref parameters, out ReadOnlySpan<byte> maskHash) ||
            !TryReadInteger(ref parameters, DerTag.Explicit(2), out byte saltLength) ||
            !hash.SequenceEqual(maskHash) ||
            !PssOfHash.TryGet(hash, out PssForm form))
        {
            return Ours(Pss);
        }

        return saltLength == form.SaltLength && HasDefaultTrailer(ref parameters) ? Known(form.Name) : Ours(Pss);
    }

    private static bool TryReadHash(ref DerReader parameters, out ReadOnlySpan<byte> hash)
    {
        hash = default;
        return parameters.TryEnter(DerTag.Explicit(0), out DerReader tagged) && TryReadHashAlgorithm(ref tagged, out hash);
    }

    private static bool TryReadMaskHash(ref DerReader parameters, out ReadOnlySpan<byte> hash)
    {
        hash = default;
        return parameters.TryEnter(DerTag.Explicit(1), out DerReader tagged)
            && tagged.TryEnter(DerTag.Sequence, out DerReader function)
            && function.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid)
            && MaskGenerationFunction1.TryGet(oid, out _)
            && TryReadHashAlgorithm(ref function, out hash);
    }

    /// <summary>Parameters absent or NULL.</summary>
    private static bool TryReadHashAlgorithm(scoped ref DerReader reader, out ReadOnlySpan<byte> hash)
    {
        hash = default;
        return reader.TryEnter(DerTag.Sequence, out DerReader algorithm)
            && algorithm.TryRead(DerTag.ObjectIdentifier, out hash)
            && (algorithm.IsEmpty || (algorithm.TryRead(DerTag.Null, out ReadOnlySpan<byte> nothing) && nothing.IsEmpty));
    }

    private static bool HasDefaultTrailer(ref DerReader parameters) =>
        parameters.IsEmpty || (TryReadInteger(ref parameters, DerTag.Explicit(3), out byte trailer) && trailer == 1);

    private static bool TryReadInteger(ref DerReader parameters, byte tag, out byte value)
    {
        value = 0;
        if (!parameters.TryEnter(tag, out DerReader tagged) || !tagged.TryRead(DerTag.Integer, out ReadOnlySpan<byte> octets) || octets.Length != 1)
        {
            return false;
        }

        value = octets[0];
        return true;
    }

    /// <param name="Name">Go's name of RSASSA-PSS with one hash.</param>
    /// <param name="SaltLength">The only one for which it uses that name.</param>
    private readonly record struct PssForm(string Name, byte SaltLength);
}
