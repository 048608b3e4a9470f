using System.Security.Cryptography;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Events.Tests;

/// <summary>Facts of certificates that no authority ever signed.</summary>
internal static class ForgedCertificates
{
    /// <summary>The certificates of the user's document.</summary>
    internal static readonly CertificateFacts Fastly = Make(
        "19260053873395556258503998518",
        new DistinguishedName
        {
            Organization = "Fastly, Inc.",
            Locality = "San Francisco",
            StateOrProvince = "California",
            CommonName = "r2.shared.global.fastly.net",
            Country = "US",
            Text = "CN=r2.shared.global.fastly.net,O=Fastly\\, Inc.,L=San Francisco,ST=California,C=US",
        },
        new DistinguishedName { Organization = "GlobalSign nv-sa", CommonName = "GlobalSign CloudSSL CA - SHA256 - G3", Country = "BE", Text = "CN=GlobalSign CloudSSL CA - SHA256 - G3" },
        new DateTime(2017, 11, 30, 16, 52, 6, DateTimeKind.Utc),
        new DateTime(2018, 11, 9, 20, 51, 5, DateTimeKind.Utc),
        "elastic.co");

    internal static readonly CertificateFacts GlobalSign = Make(
        "1438827024893517455116777811697460",
        new DistinguishedName { Country = "BE", Organization = "GlobalSign nv-sa", CommonName = "GlobalSign CloudSSL CA - SHA256 - G3" },
        new DistinguishedName { OrganizationalUnit = "Root CA", CommonName = "GlobalSign Root CA", Country = "BE", Organization = "GlobalSign nv-sa" },
        new DateTime(2015, 8, 19, 0, 0, 0, DateTimeKind.Utc),
        new DateTime(2025, 8, 19, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>Every fact set.</summary>
    internal static readonly CertificateFacts Full = new()
    {
        Der = new byte[] { 0x30, 0x03, 0x02, 0x01, 0x01 },
        Md5 = Enumerable.Repeat((byte)0xAB, 16).ToArray(),
        Sha1 = Enumerable.Repeat((byte)0xCD, 20).ToArray(),
        Sha256 = Enumerable.Repeat((byte)0xEF, 32).ToArray(),
        Version = 3,
        SerialNumber = new byte[] { 0x00, 0xFD, 0x07 },
        Subject = Name("subject"),
        Issuer = Name("issuer"),
        NotBefore = 0,
        NotAfter = 86_400,
        SignatureAlgorithm = "ECDSA-SHA256",
        PublicKeyAlgorithm = "ECDSA",
        PublicKeySize = 256,
        PublicKeyCurve = "secp256r1",
        PublicKeyExponent = 65537,
        AlternativeNames = ["a.example", "b@example", "192.0.2.1"],
    };

    /// <summary>Nothing but the bytes.</summary>
    internal static readonly CertificateFacts Unreadable = new()
    {
        Der = new byte[] { 0xFF },
        Md5 = new byte[16],
        Sha1 = new byte[20],
        Sha256 = new byte[32],
        Anomalies = CertificateAnomalies.Unreadable,
    };

    internal static DistinguishedName Name(string prefix) => new()
    {
        Country = prefix + "-c",
        Organization = prefix + "-o",
        OrganizationalUnit = prefix + "-ou",
        Locality = prefix + "-l",
        PostalCode = prefix + "-postal",
        StreetAddress = prefix + "-street",
        StateOrProvince = prefix + "-st",
        CommonName = prefix + "-cn",
        SerialNumber = prefix + "-serial",
        Text = prefix + "-text",
    };

    private static CertificateFacts Make(
        string serial, DistinguishedName subject, DistinguishedName issuer, DateTime notBefore, DateTime notAfter, params string[] names)
    {
        byte[] der = [0x30, 0x01, (byte)names.Length];
        return new CertificateFacts
        {
            Der = der,
            Md5 = SHA256.HashData(der).AsMemory(0, 16),
            Sha1 = SHA256.HashData(der).AsMemory(0, 20),
            Sha256 = SHA256.HashData(der),
            Version = 3,
            SerialNumber = System.Numerics.BigInteger.Parse(serial, null).ToByteArray(isUnsigned: false, isBigEndian: true),
            Subject = subject,
            Issuer = issuer,
            NotBefore = new DateTimeOffset(notBefore).ToUnixTimeSeconds(),
            NotAfter = new DateTimeOffset(notAfter).ToUnixTimeSeconds(),
            SignatureAlgorithm = "SHA256-RSA",
            PublicKeyAlgorithm = "RSA",
            AlternativeNames = names,
        };
    }
}
