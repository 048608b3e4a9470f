using System.Globalization;
using System.Text;
using System.Text.Json;
using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Tests.Registry;

/// <summary>Every name that Packetbeat prints, and every IANA name that it does not know, entry by entry.</summary>
public sealed class PacketbeatConstantsTests
{
    [Fact]
    public void Cipher_suites_have_packetbeats_names()
    {
        AssertNames("cipher_suites", 358, CipherSuites.Name);
        AssertNames("cipher_suites_iana_additional", 17, CipherSuites.Name);
    }

    [Fact]
    public void Named_groups_have_packetbeats_names()
    {
        AssertNames("named_groups", 37, NamedGroups.Name);
        AssertNames("named_groups_iana_additional", 19, NamedGroups.Name);
    }

    [Fact]
    public void Signature_schemes_have_packetbeats_names()
    {
        AssertNames("signature_schemes", 13, SignatureSchemes.Name);
    }

    [Fact]
    public void Signature_schemes_that_packetbeat_lacks_have_their_iana_name()
    {
        foreach (JsonProperty entry in ReferenceFiles.Constants.GetProperty("signature_schemes_iana_additional").EnumerateObject())
        {
            string name = entry.Value.GetString()!;
            bool isOnlySpelledDifferently = name.Contains("Packetbeat");
            if (!isOnlySpelledDifferently)
            {
                Assert.Equal(name, SignatureSchemes.Name(Code(entry)));
            }
        }
    }

    [Fact]
    public void Small_tables_have_packetbeats_names()
    {
        AssertNames("ec_point_formats", 3, code => EcPointFormats.Name((byte)code));
        AssertNames("compression_methods", 3, code => CompressionMethods.Name((byte)code));
        AssertNames("certificate_types", 3, code => CertificateTypes.Name((byte)code));
        AssertNames("alert_severity", 2, code => AlertSeverities.Name((byte)code));
        AssertNames("alerts", 31, code => AlertDescriptions.Name((byte)code));
        AssertNames("alerts_iana_additional", 6, code => AlertDescriptions.Name((byte)code));
        AssertNames("ocsp_response", 6, code => OcspResponseStatuses.Name((byte)code));
    }

    [Fact]
    public void Extension_labels_are_packetbeats()
    {
        foreach (JsonProperty entry in ReferenceFiles.Constants.GetProperty("extensions").EnumerateObject())
        {
            Assert.Equal(entry.Value.GetProperty("label").GetString(), PacketbeatExtensionLabels.Name(Code(entry)));
        }
    }

    [Fact]
    public void Utf8_names_say_the_same()
    {
        var text = new byte[CipherSuites.MaxLength];
        for (int code = 0; code <= ushort.MaxValue; code++)
        {
            string name = CipherSuites.Name((ushort)code);
            bool isKnown = !CipherSuites.Utf8Name((ushort)code).IsEmpty;

            Assert.Equal(name, Encoding.UTF8.GetString(text, 0, CipherSuites.Write((ushort)code, text)));
            Assert.Equal(isKnown, !name.StartsWith("(unknown"));
        }
    }

    [Theory]
    [InlineData(0x0301)] // RSA with SHA-224
    [InlineData(0x0302)] // DSA with SHA-224
    [InlineData(0x0303)] // ECDSA with SHA-224
    [InlineData(0x0202)] // DSA with SHA-1
    [InlineData(0x0402)] // DSA with SHA-256
    [InlineData(0x0602)] // DSA with SHA-512
    [InlineData(0x0A0A)] // GREASE
    public void Hash_and_signature_pairs_outside_of_the_registry_stay_unknown(int code)
    {
        Assert.Equal($"(unknown:0x{code:x4})", SignatureSchemes.Name((ushort)code));
    }

    [Fact]
    public void Unknown_values_print_in_the_form_of_their_table()
    {
        Assert.Equal("(unknown:0xcc13)", CipherSuites.Name(0xCC13));
        Assert.Equal("(unknown:0x0000)", NamedGroups.Name(0));
        Assert.Equal("(unknown:0xff)", AlertDescriptions.Name(0xFF));
        Assert.Equal("(unknown:0x03)", AlertSeverities.Name(3));
        Assert.Equal("(unknown:0x0f)", CompressionMethods.Name(15));
        Assert.Equal("(unknown:3)", CertificateTypes.Name(3));
        Assert.Equal("(unknown:255)", MaxFragmentLengths.Name(255));
        Assert.Equal("4", OcspResponseStatuses.Name(4));
        Assert.Equal("65037", PacketbeatExtensionLabels.Name(65037));
    }

    [Theory]
    [InlineData(0x11EC, "X25519MLKEM768")]
    [InlineData(0x11EB, "SecP256r1MLKEM768")]
    [InlineData(0x11ED, "SecP384r1MLKEM1024")]
    [InlineData(0x0201, "MLKEM768")]
    [InlineData(0x6399, "X25519Kyber768Draft00")]
    public void Post_quantum_groups_are_named(int code, string name)
    {
        Assert.Equal(name, NamedGroups.Name((ushort)code));
    }

    [Theory]
    [InlineData(0x0904, "mldsa44")]
    [InlineData(0x0906, "mldsa87")]
    [InlineData(0x0911, "slhdsa_sha2_128s")]
    [InlineData(0x091C, "slhdsa_shake_256f")]
    [InlineData(0x0709, "gostr34102012_256a")]
    [InlineData(0x070F, "gostr34102012_512c")]
    [InlineData(0x081A, "ecdsa_brainpoolP256r1tls13_sha256")]
    [InlineData(0x0804, "rsa_pss_sha256")]
    public void Signature_schemes_beyond_packetbeats_are_named(int code, string name)
    {
        Assert.Equal(name, SignatureSchemes.Name((ushort)code));
    }

    [Theory]
    [InlineData(0, "server_name")]
    [InlineData(23, "extended_master_secret")]
    [InlineData(27, "compress_certificate")]
    [InlineData(34, "delegated_credential")]
    [InlineData(41, "pre_shared_key")]
    [InlineData(49, "post_handshake_auth")]
    [InlineData(51, "key_share")]
    [InlineData(57, "quic_transport_parameters")]
    [InlineData(65037, "encrypted_client_hello")]
    [InlineData(65281, "renegotiation_info")]
    [InlineData(17513, "(unknown:0x4469)")]
    public void Extension_types_have_their_iana_name(int code, string name)
    {
        Assert.Equal(name, ExtensionTypes.Name((ushort)code));
    }

    private static void AssertNames(string table, int entries, Func<ushort, string> nameOf)
    {
        JsonProperty[] expected = [.. ReferenceFiles.Constants.GetProperty(table).EnumerateObject()];
        Assert.Equal(entries, expected.Length);
        Assert.All(expected, entry => Assert.Equal(entry.Value.GetString(), nameOf(Code(entry))));
    }

    private static ushort Code(JsonProperty entry) => entry.Name.StartsWith("0x")
        ? ushort.Parse(entry.Name.AsSpan(2), NumberStyles.HexNumber)
        : ushort.Parse(entry.Name);
}
