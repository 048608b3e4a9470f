using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;

namespace TlsAppliance.LoadTest.Generate;

/// <summary>
/// One TLS server of the load: its name, addresses and certificate chain. The certificates are DER of ordinary size and shape; keys, signatures and the
/// extensions that nobody reads here are random numbers.
/// </summary>
internal sealed class ForgedServer
{
    private const string Sha256Rsa = "1.2.840.113549.1.1.11";
    private const string Sha256Ecdsa = "1.2.840.10045.4.3.2";
    private static readonly DateTimeOffset Epoch = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] Hosts = ["mail", "shop", "cdn", "api", "login", "static", "media", "img", "video", "update", "cloud", "store", "news", "data", "sync"];
    private static readonly string[] Organizations = ["acme", "globex", "initech", "umbrella", "hooli"];
    private static readonly int[] OtherPorts = [8443, 993, 9200, 6443];
    private static readonly int[] NameCounts = [2, 2, 3, 5, 12, 30, 50];

    private ForgedServer(string domain, byte[][] chain, bool isRsa, uint address4, UInt128 address6, int port)
    {
        Domain = domain;
        Chain = chain;
        IsRsa = isRsa;
        Address4 = address4;
        Address6 = address6;
        Port = port;
        LeafSha256 = Convert.ToHexStringLower(SHA256.HashData(chain[0]));
    }

    public string Domain { get; }

    /// <summary>DER, leaf first.</summary>
    public byte[][] Chain { get; }

    public bool IsRsa { get; }

    public uint Address4 { get; }

    public UInt128 Address6 { get; }

    public int Port { get; }

    public string LeafSha256 { get; }

    public static ForgedServer[] Create(DeterministicRandom random, int count)
    {
        byte[][] intermediates = [.. Enumerable.Range(0, 6).Select(i => Authority(random, i))];
        byte[][] roots = [.. Enumerable.Range(0, 2).Select(i => Root(random, i))];
        return [.. Enumerable.Range(0, count).Select(i => Create(random, i, intermediates[i % 6], i % 4 == 0 ? roots[i % 2] : null))];
    }

    /// <summary>A client certificate as devices of a fleet use it.</summary>
    public static byte[] ClientCertificate(DeterministicRandom random) =>
        Certificate(random, [("2.5.4.10", "Org 1"), ("2.5.4.3", "device-0001.fleet.example")], AuthorityName(0), false, [], false, 365);

    private static ForgedServer Create(DeterministicRandom random, int index, byte[] intermediate, byte[]? root)
    {
        string domain = string.Create(CultureInfo.InvariantCulture, $"{random.Choose(Hosts)}-{index:000}.{random.Choose(Organizations)}.example");
        bool isRsa = index % 5 < 3;
        string[] names = ["*." + domain, domain, .. Enumerable.Range(0, random.Choose(NameCounts)).Select(i => $"{random.Choose(Hosts)}{i}.{domain}")];
        byte[] leaf = Certificate(
            random,
            [("2.5.4.6", random.Choose<string>(["US", "DE", "FR", "JP"])), ("2.5.4.8", $"State {index % 9}"), ("2.5.4.7", "Springfield"), ("2.5.4.10", $"Org {index} Inc."), ("2.5.4.3", domain)],
            AuthorityName(index % 6), isRsa, names, false, random.Choose<int>([90, 199, 397]));
        int port = index % 10 != 0 ? 443 : random.Choose(OtherPorts);
        return new ForgedServer(
            domain, root is null ? [leaf, intermediate] : [leaf, intermediate, root], isRsa,
            (198u << 24 | 18u << 16) + ((uint)index * 37) + 5, new UInt128(0x2001_0db8_00a0_0000, (ulong)index * 0x10001 + 1), port);
    }

    private static (string, string)[] AuthorityName(int index) =>
        [("2.5.4.6", "US"), ("2.5.4.10", $"Load Trust Services {index} LLC"), ("2.5.4.11", "Issuing CA"), ("2.5.4.3", $"Load TLS Issuing CA G{index}")];

    private static (string, string)[] RootName(int index) => [("2.5.4.6", "US"), ("2.5.4.10", "Load Trust Root"), ("2.5.4.3", $"Load Root R{index}")];

    private static byte[] Authority(DeterministicRandom random, int index) =>
        Certificate(random, AuthorityName(index), RootName(index % 2), index % 3 != 0, [], true, 3650);

    private static byte[] Root(DeterministicRandom random, int index) => Certificate(random, RootName(index), RootName(index), true, [], true, 9000);

    private static byte[] Certificate(
        DeterministicRandom random, (string Type, string Value)[] subject, (string Type, string Value)[] issuer, bool rsa, string[] names, bool authority, int days)
    {
        string signature = rsa ? Sha256Rsa : Sha256Ecdsa;
        DateTimeOffset notBefore = Epoch.AddDays(-1 - random.Next(Math.Min(days - 10, 300)));
        var certificate = new AsnWriter(AsnEncodingRules.DER);
        using (certificate.PushSequence())
        {
            using (certificate.PushSequence())
            {
                using (certificate.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    certificate.WriteInteger(2);
                }

                byte[] serial = random.Bytes(16);
                serial[0] = (byte)(serial[0] & 0x3F | 0x40);
                certificate.WriteInteger(serial);
                WriteAlgorithm(certificate, signature);
                WriteName(certificate, issuer);
                using (certificate.PushSequence())
                {
                    WriteTime(certificate, notBefore);
                    WriteTime(certificate, notBefore.AddDays(days));
                }

                WriteName(certificate, subject);
                WriteKey(certificate, random, rsa);
                WriteExtensions(certificate, random, names, authority);
            }

            WriteAlgorithm(certificate, signature);
            certificate.WriteBitString(random.Bytes(rsa ? 256 : 71));
        }

        return certificate.Encode();
    }

    private static void WriteAlgorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (oid == Sha256Rsa)
            {
                writer.WriteNull();
            }
        }
    }

    private static void WriteName(AsnWriter writer, (string Type, string Value)[] name)
    {
        using (writer.PushSequence())
        {
            foreach ((string type, string value) in name)
            {
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(type);
                    writer.WriteCharacterString(type == "2.5.4.6" ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String, value);
                }
            }
        }
    }

    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.Year < 2050)
        {
            writer.WriteUtcTime(time, 2049);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    private static void WriteKey(AsnWriter writer, DeterministicRandom random, bool rsa)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(rsa ? "1.2.840.113549.1.1.1" : "1.2.840.10045.2.1");
                if (rsa)
                {
                    writer.WriteNull();
                }
                else
                {
                    writer.WriteObjectIdentifier("1.2.840.10045.3.1.7");
                }
            }

            byte[] key = random.Bytes(rsa ? 256 : 65);
            key[0] = rsa ? (byte)(key[0] | 0x80) : (byte)4;
            if (!rsa)
            {
                writer.WriteBitString(key);
                return;
            }

            var modulus = new AsnWriter(AsnEncodingRules.DER);
            using (modulus.PushSequence())
            {
                modulus.WriteIntegerUnsigned(key);
                modulus.WriteInteger(65537);
            }

            writer.WriteBitString(modulus.Encode());
        }
    }

    private static void WriteExtensions(AsnWriter writer, DeterministicRandom random, string[] names, bool authority)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
        using (writer.PushSequence())
        {
            WriteExtension(writer, "2.5.29.14", false, inner => inner.WriteOctetString(random.Bytes(20)));
            if (names.Length > 0)
            {
                WriteExtension(writer, "2.5.29.17", false, inner =>
                {
                    using (inner.PushSequence())
                    {
                        foreach (string name in names)
                        {
                            inner.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
                        }
                    }
                });
            }

            WriteExtension(writer, "2.5.29.19", true, inner =>
            {
                using (inner.PushSequence())
                {
                    if (authority)
                    {
                        inner.WriteBoolean(true);
                    }
                }
            });

            // Stand-ins for CRL points, AIA and SCT under private ids: their size matters, not what they say.
            WriteExtension(writer, "1.3.6.1.4.1.99999.31", false, inner => inner.WriteOctetString(random.Bytes(70)));
            WriteExtension(writer, "1.3.6.1.4.1.99999.1", false, inner => inner.WriteOctetString(random.Bytes(110)));
            if (!authority)
            {
                WriteExtension(writer, "1.3.6.1.4.1.99999.2", false, inner => inner.WriteOctetString(random.Bytes(240)));
            }
        }
    }

    private static void WriteExtension(AsnWriter writer, string oid, bool critical, Action<AsnWriter> value)
    {
        var inner = new AsnWriter(AsnEncodingRules.DER);
        value(inner);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (critical)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteOctetString(inner.Encode());
        }
    }
}
