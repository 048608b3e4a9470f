namespace TlsAppliance.Tls.Certificates;

/// <summary>A named curve and the bits of its field.</summary>
internal readonly record struct NamedCurve(string Name, int Bits)
{
    internal const string Sm2 = "curveSM2";

    /// <summary>SEC 2, X9.62, RFC 5639 and the national ones; prime256v1 and prime192v1 by their SEC names.</summary>
    private static readonly OidTable<NamedCurve> Curves = new(
    [
        ("1.2.840.10045.3.1.1", new("secp192r1", 192)),
        ("1.2.840.10045.3.1.2", new("prime192v2", 192)),
        ("1.2.840.10045.3.1.3", new("prime192v3", 192)),
        ("1.2.840.10045.3.1.4", new("prime239v1", 239)),
        ("1.2.840.10045.3.1.5", new("prime239v2", 239)),
        ("1.2.840.10045.3.1.6", new("prime239v3", 239)),
        ("1.2.840.10045.3.1.7", new("secp256r1", 256)),
        ("1.3.132.0.1", new("sect163k1", 163)),
        ("1.3.132.0.2", new("sect163r1", 163)),
        ("1.3.132.0.3", new("sect239k1", 239)),
        ("1.3.132.0.4", new("sect113r1", 113)),
        ("1.3.132.0.5", new("sect113r2", 113)),
        ("1.3.132.0.6", new("secp112r1", 112)),
        ("1.3.132.0.7", new("secp112r2", 112)),
        ("1.3.132.0.8", new("secp160r1", 160)),
        ("1.3.132.0.9", new("secp160k1", 160)),
        ("1.3.132.0.10", new("secp256k1", 256)),
        ("1.3.132.0.15", new("sect163r2", 163)),
        ("1.3.132.0.16", new("sect283k1", 283)),
        ("1.3.132.0.17", new("sect283r1", 283)),
        ("1.3.132.0.22", new("sect131r1", 131)),
        ("1.3.132.0.23", new("sect131r2", 131)),
        ("1.3.132.0.24", new("sect193r1", 193)),
        ("1.3.132.0.25", new("sect193r2", 193)),
        ("1.3.132.0.26", new("sect233k1", 233)),
        ("1.3.132.0.27", new("sect233r1", 233)),
        ("1.3.132.0.28", new("secp128r1", 128)),
        ("1.3.132.0.29", new("secp128r2", 128)),
        ("1.3.132.0.30", new("secp160r2", 160)),
        ("1.3.132.0.31", new("secp192k1", 192)),
        ("1.3.132.0.32", new("secp224k1", 224)),
        ("1.3.132.0.33", new("secp224r1", 224)),
        ("1.3.132.0.34", new("secp384r1", 384)),
        ("1.3.132.0.35", new("secp521r1", 521)),
        ("1.3.132.0.36", new("sect409k1", 409)),
        ("1.3.132.0.37", new("sect409r1", 409)),
        ("1.3.132.0.38", new("sect571k1", 571)),
        ("1.3.132.0.39", new("sect571r1", 571)),
        ("1.3.36.3.3.2.8.1.1.1", new("brainpoolP160r1", 160)),
        ("1.3.36.3.3.2.8.1.1.2", new("brainpoolP160t1", 160)),
        ("1.3.36.3.3.2.8.1.1.3", new("brainpoolP192r1", 192)),
        ("1.3.36.3.3.2.8.1.1.4", new("brainpoolP192t1", 192)),
        ("1.3.36.3.3.2.8.1.1.5", new("brainpoolP224r1", 224)),
        ("1.3.36.3.3.2.8.1.1.6", new("brainpoolP224t1", 224)),
        ("1.3.36.3.3.2.8.1.1.7", new("brainpoolP256r1", 256)),
        ("1.3.36.3.3.2.8.1.1.8", new("brainpoolP256t1", 256)),
        ("1.3.36.3.3.2.8.1.1.9", new("brainpoolP320r1", 320)),
        ("1.3.36.3.3.2.8.1.1.10", new("brainpoolP320t1", 320)),
        ("1.3.36.3.3.2.8.1.1.11", new("brainpoolP384r1", 384)),
        ("1.3.36.3.3.2.8.1.1.12", new("brainpoolP384t1", 384)),
        ("1.3.36.3.3.2.8.1.1.13", new("brainpoolP512r1", 512)),
        ("1.3.36.3.3.2.8.1.1.14", new("brainpoolP512t1", 512)),
        ("1.2.250.1.223.101.256.1", new("FRP256v1", 256)),
        ("1.2.156.10197.1.301", new(Sm2, 256)),
    ]);

    internal static bool TryFind(ReadOnlySpan<byte> oid, out NamedCurve curve) => Curves.TryGet(oid, out curve);
}
