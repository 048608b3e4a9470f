namespace TlsAppliance.Testing.Certificates;

/// <summary>
/// Forges a certificate field by field; each field is a DER element that a test may replace by anything. As it stands it is a sound certificate but
/// for its signature.
/// </summary>
public sealed record CertificateForge
{
    public const string CommonName = "2.5.4.3";
    public const string Organization = "2.5.4.10";

    private static readonly byte[] EcdsaWithSha256 = Der.Sequence(Der.Oid("1.2.840.10045.4.3.2"));

    public byte[] Version { get; init; } = Der.Explicit(0, Der.Integer(2));

    public byte[] SerialNumber { get; init; } = Der.Integer(1, 2, 3);

    public byte[] SignatureAlgorithm { get; init; } = EcdsaWithSha256;

    public byte[] Issuer { get; init; } = Name(Attribute(CommonName, Der.Utf8("issuer.test")));

    public byte[] Validity { get; init; } = Der.Sequence(Der.UtcTime("240101000000Z"), Der.UtcTime("340101000000Z"));

    public byte[] Subject { get; init; } = Name(Attribute(CommonName, Der.Utf8("subject.test")));

    public byte[] PublicKey { get; init; } =
        PublicKeyInfo(Der.Sequence(Der.Oid("1.2.840.10045.2.1"), Der.Oid("1.2.840.10045.3.1.7")), [4, .. new byte[64]]);

    /// <summary>The element with tag [3], or nothing.</summary>
    public byte[] Extensions { get; init; } = [];

    public byte[] OuterSignatureAlgorithm { get; init; } = EcdsaWithSha256;

    public byte[] Signature { get; init; } = Der.BitString(0x30, 0x00);

    /// <summary>Bytes after the certificate.</summary>
    public byte[] Trailer { get; init; } = [];

    public static byte[] Name(params byte[][] attributes) => Der.Sequence([.. attributes.Select(attribute => Der.Set(attribute))]);

    public static byte[] Attribute(string oid, byte[] value) => Der.Sequence(Der.Oid(oid), value);

    public static byte[] PublicKeyInfo(byte[] algorithm, byte[] key) => Der.Sequence(algorithm, Der.BitString(key));

    public static byte[] ExtensionBlock(params byte[][] extensions) => Der.Explicit(3, Der.Sequence(extensions));

    public static byte[] Extension(string oid, byte[] value) => Der.Sequence(Der.Oid(oid), Der.OctetString(value));

    /// <summary>subjectAltName with these GeneralNames.</summary>
    public static byte[] AlternativeNames(params byte[][] names) => Extension("2.5.29.17", Der.Sequence(names));

    public static byte[] GeneralName(int kind, params byte[] contents) => Der.Element((byte)(0x80 | kind), contents);

    public byte[] Build() =>
    [
        .. Der.Sequence(
            Der.Sequence(Version, SerialNumber, SignatureAlgorithm, Issuer, Validity, Subject, PublicKey, Extensions),
            OuterSignatureAlgorithm,
            Signature),
        .. Trailer,
    ];
}
