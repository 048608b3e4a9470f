using System.Text.Json.Nodes;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests;

/// <summary>Today's Packetbeat.</summary>
public class EcsLayoutTests
{
    [Theory]
    [InlineData(0x0303, "1.2", "tls", "TLS 1.2")]
    [InlineData(0x0304, "1.3", "tls", "TLS 1.3")]
    [InlineData(0x0300, "3.0", "ssl", "SSL 3.0")]
    [InlineData(0x0305, "1.4", "tls", "TLS 1.4")]
    [InlineData(0x7F1C, "127.28", "unknown", "(raw 127.28)")]
    [InlineData(0x0000, "0.0", "unknown", "(raw 0.0)")]
    public void Spells_versions_as_Packetbeat_does(int version, string number, string protocol, string text)
    {
        JsonObject document = Rendered.Event(new TlsSessionBuilder().Version((ProtocolVersion)version).Build(), Rendered.Ecs);
        Assert.Equal(number, (string?)document.At("tls.version"));
        Assert.Equal(protocol, (string?)document.At("tls.version_protocol"));
        Assert.Equal(text, (string?)document.At("tls.detailed.version"));
    }

    [Fact]
    public void A_whole_session_has_every_part()
    {
        JsonObject tls = Rendered.Event(ClassicLayoutTests.Documented().Build(), Rendered.Ecs)["tls"]!.AsObject();
        Assert.True((bool?)tls["established"]);
        Assert.False((bool?)tls["resumed"]);
        Assert.Equal("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", (string?)tls["cipher"]);
        Assert.Equal("h2", (string?)tls["next_protocol"]);
        Assert.Equal("www.elastic.co", (string?)tls.At("client.server_name"));
        Assert.Equal("""["TLS_EMPTY_RENEGOTIATION_INFO_SCSV","TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"]""", tls.Text("client.supported_ciphers"));
        Assert.Equal("r2.shared.global.fastly.net", (string?)tls.At("server.x509.subject.common_name"));
        Assert.Equal("California", (string?)tls.At("server.x509.subject.state_or_province"));
        Assert.Equal("CN=r2.shared.global.fastly.net,O=Fastly\\, Inc.,L=San Francisco,ST=California,C=US", (string?)tls.At("server.subject"));
        Assert.Equal("2017-11-30T16:52:06.000Z", (string?)tls.At("server.not_before"));
        Assert.Equal("3E3B8B0C960EF6CBEBF43C36", (string?)tls.At("server.x509.serial_number"));
        Assert.Equal("GlobalSign Root CA", (string?)tls.At("detailed.server_certificate_chain")![0]!["issuer"]!["common_name"]);
        Assert.Null(tls.At("detailed.client_hello.supported_ciphers"));
        Assert.Null(tls.At("detailed.server_hello.selected_cipher"));
        Assert.Equal(64, ((string?)tls.At("detailed.client_hello.random"))!.Length);
    }

    [Fact]
    public void Nothing_but_an_alert_is_an_event_too()
    {
        JsonObject document = Rendered.Event(new TlsSessionBuilder().RolesUnknown().Alert(true, 2, 45).Build(), Rendered.Ecs);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"established":false,"resumed":false,"version":"0.0","version_protocol":"unknown","detailed":{"version":"(raw 0.0)","client_certificate_requested":false,
                "alerts":[{"severity":"fatal","code":45,"type":"certificate_expired","source":"client"}],"alert_types":["certificate_expired"]}}
                """),
            document["tls"]));
        Assert.Equal("""["roles_unknown"]""", document.Text("tls_appliance.anomalies"));
    }

    [Fact]
    public void Without_detailed_fields_only_the_ECS_part_is_left()
    {
        JsonObject tls = Rendered.Event(ClassicLayoutTests.Documented().Build(), Rendered.Ecs with { IncludeDetailedFields = false })["tls"]!.AsObject();
        Assert.Null(tls["detailed"]);
        Assert.Null(tls.At("server.x509"));
        Assert.NotNull(tls.At("server.subject"));
        Assert.NotNull(tls.At("client.supported_ciphers"));
    }

    [Fact]
    public void Certificates_and_their_raw_form_are_independent()
    {
        EventOptions options = Rendered.Ecs with { SendCertificates = false, IncludeRawCertificates = true };
        JsonObject tls = Rendered.Event(ClassicLayoutTests.Documented().ClientCertificates(ForgedCertificates.Full).Build(), options)["tls"]!.AsObject();
        Assert.Null(tls.At("server.x509"));
        Assert.Null(tls.At("detailed.server_certificate_chain"));
        Assert.NotNull(tls.At("server.issuer"));
        Assert.Equal(2, tls.At("server.certificate_chain")!.AsArray().Count);
        Assert.Equal("-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n", (string?)tls.At("client.certificate_chain")![0]);
    }

    [Theory]
    [InlineData(CertificateFingerprints.None, 0)]
    [InlineData(CertificateFingerprints.Sha1, 1)]
    [InlineData(CertificateFingerprints.Md5 | CertificateFingerprints.Sha1 | CertificateFingerprints.Sha256, 3)]
    public void Shows_the_digests_that_were_asked_for(CertificateFingerprints fingerprints, int count)
    {
        JsonObject document = Rendered.Event(
            new TlsSessionBuilder().ServerCertificates(ForgedCertificates.Full).Build(), Rendered.Ecs with { Fingerprints = fingerprints });
        JsonObject? hash = document.At("tls.server.hash")?.AsObject();
        Assert.Equal(count, hash?.Count ?? 0);
        Assert.Equal(count > 0 ? new string('C', 40).Replace("CC", "CD", StringComparison.Ordinal) : null, (string?)hash?["sha1"]);
    }

    [Fact]
    public void A_certificate_shows_every_fact()
    {
        JsonObject document = Rendered.Event(new TlsSessionBuilder().ClientCertificates(ForgedCertificates.Full).Build(), Rendered.Ecs);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"version_number":3,"serial_number":"FD07","signature_algorithm":"ECDSA-SHA256","public_key_algorithm":"ECDSA","public_key_size":256,
                "public_key_curve":"secp256r1","public_key_exponent":65537,"not_before":"1970-01-01T00:00:00.000Z","not_after":"1970-01-02T00:00:00.000Z",
                "subject":{"country":"subject-c","organization":"subject-o","organizational_unit":"subject-ou","locality":"subject-l","postal_code":"subject-postal",
                "street_address":"subject-street","state_or_province":"subject-st","common_name":"subject-cn","serial_number":"subject-serial","distinguished_name":"subject-text"},
                "issuer":{"country":"issuer-c","organization":"issuer-o","organizational_unit":"issuer-ou","locality":"issuer-l","postal_code":"issuer-postal",
                "street_address":"issuer-street","state_or_province":"issuer-st","common_name":"issuer-cn","serial_number":"issuer-serial","distinguished_name":"issuer-text"},
                "alternative_names":["a.example","b@example","192.0.2.1"]}
                """),
            document.At("tls.client.x509")));
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_shows_its_digest_and_its_bytes()
    {
        JsonObject document = Rendered.Event(
            new TlsSessionBuilder().ServerCertificates(ForgedCertificates.Unreadable, ForgedCertificates.Unreadable).Build(),
            Rendered.Ecs with { IncludeRawCertificates = true });
        Assert.Equal("""{"hash":{"sha1":"0000000000000000000000000000000000000000"},"certificate_chain":["-----BEGIN CERTIFICATE-----\n/w==\n-----END CERTIFICATE-----\n","-----BEGIN CERTIFICATE-----\n/w==\n-----END CERTIFICATE-----\n"]}""", document.Text("tls.server"));
        Assert.Null(document.At("tls.detailed.server_certificate_chain"));
        Assert.Equal("""["unreadable"]""", document.Text("tls_appliance.server.certificate_anomalies"));
    }

    [Fact]
    public void Resumption_method_stands_in_the_details()
    {
        JsonObject document = Rendered.Event(ClassicLayoutTests.Documented().Resumed(Resumption.Psk).Build(), Rendered.Ecs);
        Assert.Equal("psk", (string?)document.At("tls.detailed.resumption_method"));
    }
}
