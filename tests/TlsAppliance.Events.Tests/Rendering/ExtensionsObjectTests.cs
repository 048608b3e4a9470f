using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Events.Tests.Rendering;

public class ExtensionsObjectTests
{
    [Theory]
    [InlineData(ExtensionType.MaxFragmentLength, "03", """{"max_fragment_length":"2^11"}""")]
    [InlineData(ExtensionType.MaxFragmentLength, "09", """{"max_fragment_length":"(unknown:9)"}""")]
    [InlineData(ExtensionType.MaxFragmentLength, "0303", """{"_unparsed_":["max_fragment_length"]}""")]
    [InlineData(ExtensionType.ClientCertificateUrl, "", """{"client_certificate_url":""}""")]
    [InlineData(ExtensionType.TruncatedHmac, "0102", """{"truncated_hmac":"(expected empty: found 2 bytes)"}""")]
    [InlineData(ExtensionType.TrustedCaKeys, "", """{"_unparsed_":["trusted_ca_keys"]}""")]
    [InlineData(ExtensionType.RenegotiationInfo, "00", """{"_unparsed_":["renegotiation_info"]}""")]
    [InlineData(ExtensionType.StatusRequest, "", """{"status_request":{"response":true}}""")]
    [InlineData(ExtensionType.StatusRequest, "0100000000", """{"status_request":{"type":"ocsp","responder_id_list_length":0,"request_extensions":0}}""")]
    [InlineData(ExtensionType.StatusRequest, "010002aabb0005", """{"status_request":{"type":"ocsp","responder_id_list_length":2,"request_extensions":5}}""")]
    [InlineData(ExtensionType.StatusRequest, "02000000", """{"status_request":{"type":"2","responder_id_list_length":0,"request_extensions":0}}""")]
    [InlineData(ExtensionType.StatusRequest, "01", """{"_unparsed_":["status_request"]}""")]
    [InlineData(ExtensionType.CertType, "01", """{"cert_type":["OpenPGP"]}""")]
    [InlineData(ExtensionType.CertType, "03000209", """{"cert_type":["X.509","RawPubKey","(unknown:9)"]}""")]
    [InlineData(ExtensionType.SupportedGroups, "00080a0a001d11ec1234", """{"supported_groups":["x25519","X25519MLKEM768","(unknown:0x1234)"]}""")]
    [InlineData(ExtensionType.SupportedGroups, "0002", """{"_unparsed_":["supported_groups"]}""")]
    [InlineData(ExtensionType.EcPointFormats, "03000109", """{"ec_points_formats":["uncompressed","ansiX962_compressed_prime","(unknown:0x09)"]}""")]
    [InlineData(ExtensionType.EcPointFormats, "01", """{"_unparsed_":["ec_points_formats"]}""")]
    [InlineData(ExtensionType.Srp, "05616c696365", """{"srp":"alice"}""")]
    [InlineData(ExtensionType.SignatureAlgorithms, "000604010a0a0809", """{"signature_algorithms":["rsa_pkcs1_sha256","(unknown:0x0a0a)","rsa_pss_pss_sha256"]}""")]
    [InlineData(ExtensionType.ApplicationLayerProtocolNegotiation, "000602683202683b", """{"application_layer_protocol_negotiation":["h2","h;"]}""")]
    [InlineData(ExtensionType.ApplicationLayerProtocolNegotiation, "0006", """{"_unparsed_":["application_layer_protocol_negotiation"]}""")]
    [InlineData(ExtensionType.SessionTicket, "", """{"session_ticket":""}""")]
    [InlineData(ExtensionType.SupportedVersions, "0304", """{"supported_versions":"TLS 1.3"}""")]
    [InlineData(ExtensionType.SupportedVersions, "067a7a03047f1c", """{"supported_versions":["TLS 1.3","(raw 127.28)"]}""")]
    [InlineData(ExtensionType.SupportedVersions, "", """{"_unparsed_":["supported_versions"]}""")]
    [InlineData(ExtensionType.ExtendedMasterSecret, "", """{"_unparsed_":["23"]}""")]
    [InlineData(ExtensionType.ServerName, "", """{"_unparsed_":["server_name_indication"]}""")]
    [InlineData((ExtensionType)65535, "00", """{"_unparsed_":["65535"]}""")]
    [InlineData((ExtensionType)0x4A4A, "00", "{}")]
    public void Spells_each_extension(ExtensionType type, string body, string expected) =>
        Assert.Equal(expected, Extensions(new HeldHelloBuilder().Extension(type, Convert.FromHexString(body))));

    [Fact]
    public void Never_shows_a_ticket_but_its_length() => Assert.Equal(
        """{"session_ticket":"(192 bytes)"}""", Extensions(new HeldHelloBuilder().Extension((ushort)ExtensionType.SessionTicket, 192, [])));

    [Fact]
    public void Of_two_well_formed_extensions_the_later_one_is_shown() => Assert.Equal(
        """{"server_name_indication":["b.example"]}""",
        Extensions(new HeldHelloBuilder().ServerName("a.example"u8.ToArray()).ServerName("b.example"u8.ToArray())));

    [Fact]
    public void A_malformed_repetition_does_not_hide_the_well_formed_one() => Assert.Equal(
        """{"supported_groups":["x25519"],"_unparsed_":["supported_groups"]}""",
        Extensions(new HeldHelloBuilder().Groups(29).Extension(ExtensionType.SupportedGroups, 0)));

    [Fact]
    public void Names_every_occurrence_of_what_has_no_form() => Assert.Equal(
        """{"_unparsed_":["23","51","23"]}""",
        Extensions(new HeldHelloBuilder().Extension((ExtensionType)23).Extension((ExtensionType)51).Extension((ExtensionType)23)));

    [Theory]
    [InlineData(ExtensionBlockState.Absent)]
    [InlineData(ExtensionBlockState.Empty)]
    [InlineData(ExtensionBlockState.Malformed)]
    public void Has_no_object_without_a_sound_block(ExtensionBlockState state) => Assert.Equal("", Extensions(new HeldHelloBuilder { ExtensionBlock = state }));

    [Fact]
    public void Names_all_extensions_by_IANA_in_the_object_of_our_own()
    {
        HeldHelloBuilder hello = new HeldHelloBuilder().Extension((ExtensionType)0x1A1A).ServerName("a"u8.ToArray()).Extension(ExtensionType.KeyShare, 0x0A, 0x0A, 0, 0x1D, 0x11, 0xEC)
            .Extension((ExtensionType)65535);
        var document = Rendered.Event(new TlsSessionBuilder().ClientHello(hello).Build(), Rendered.Ecs);
        Assert.Equal("""["server_name","key_share","(unknown:0xffff)"]""", document.Text("tls_appliance.client.extensions"));
        Assert.Equal("""["x25519","X25519MLKEM768"]""", document.Text("tls_appliance.client.key_shares"));
    }

    private static string Extensions(HeldHelloBuilder hello)
    {
        string ofClient = Rendered.Event(new TlsSessionBuilder().ClientHello(hello).Build(), Rendered.Ecs).Text("tls.detailed.client_hello.extensions");
        string ofServer = Rendered.Event(new TlsSessionBuilder().ServerHello(hello).Build(), Rendered.Ecs).Text("tls.detailed.server_hello.extensions");
        Assert.Equal(ofClient, ofServer);
        return ofClient;
    }
}
