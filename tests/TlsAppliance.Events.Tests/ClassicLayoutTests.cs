using System.Text.Json.Nodes;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests;

/// <summary>The default layout: the <c>tls</c> object of the document that Packetbeat 6 users know.</summary>
public class ClassicLayoutTests
{
    /// <summary>Keys that stand beside those of the document. All but the first three are rows of the table of fields that we add.</summary>
    private static readonly string[] Beside = ["version", "client_certificate_requested", "resumption_method", "client", "server", "curve", "fingerprints"];

    [Fact]
    public void Reproduces_the_documented_example_key_for_key()
    {
        JsonObject tls = Rendered.Event(Documented().Build(), Rendered.Classic)["tls"]!.AsObject();
        foreach (string name in Beside)
        {
            tls.Remove(name);
        }

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Example), tls), tls.ToJsonString());
    }

    [Fact]
    public void A_completed_handshake_says_its_version_in_words()
    {
        JsonObject tls = Rendered.Event(Documented().Build(), Rendered.Classic)["tls"]!.AsObject();
        Assert.Equal("TLS 1.2", (string?)tls["version"]);
        Assert.False((bool?)tls["client_certificate_requested"]);
    }

    [Fact]
    public void An_unfinished_handshake_has_no_version()
    {
        JsonObject tls = Rendered.Event(new TlsSessionBuilder().ClientHello(new HeldHelloBuilder()).Build(), Rendered.Classic)["tls"]!.AsObject();
        Assert.False((bool?)tls["handshake_completed"]);
        Assert.Null(tls["version"]);
        Assert.Null(tls["server_hello"]);
    }

    [Fact]
    public void Status_request_is_named_and_random_is_not_shown()
    {
        HeldHelloBuilder hello = new HeldHelloBuilder { SessionId = [0xAB, 0xCD] }.Extension(ExtensionType.StatusRequest, 1, 0, 0, 0, 0);
        JsonObject tls = Rendered.Event(new TlsSessionBuilder().ClientHello(hello).Build(), Rendered.Classic)["tls"]!.AsObject();
        Assert.Equal("""["status_request"]""", tls.Text("client_hello.extensions._unparsed_"));
        Assert.Equal("\"abcd\"", tls.Text("client_hello.session_id"));
        Assert.Null(tls.At("client_hello.random"));
    }

    [Theory]
    [InlineData(Resumption.Id, "id")]
    [InlineData(Resumption.Ticket, "ticket")]
    [InlineData(Resumption.Psk, "psk")]
    public void Says_how_a_session_was_resumed(Resumption how, string expected)
    {
        JsonObject document = Rendered.Event(Documented().Resumed(how).Build(), Rendered.Classic);
        Assert.True((bool?)document.At("tls.resumed"));
        Assert.Equal(expected, (string?)document.At("tls.resumption_method"));
    }

    [Fact]
    public void A_full_handshake_has_no_resumption_method() => Assert.Null(Rendered.Event(Documented().Build(), Rendered.Classic).At("tls.resumption_method"));

    [Fact]
    public void Client_certificates_stand_like_those_of_the_server()
    {
        JsonObject tls = Rendered.Event(
            Documented().ClientCertificateRequested().ClientCertificates(ForgedCertificates.Fastly, ForgedCertificates.GlobalSign).Build(), Rendered.Classic)["tls"]!.AsObject();
        Assert.True((bool?)tls["client_certificate_requested"]);
        Assert.True(JsonNode.DeepEquals(tls["server_certificate"], tls["client_certificate"]));
        Assert.True(JsonNode.DeepEquals(tls["server_certificate_chain"], tls["client_certificate_chain"]));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Raw_needs_both_options(bool send, bool raw, bool expected)
    {
        EventOptions options = Rendered.Classic with { SendCertificates = send, IncludeRawCertificates = raw };
        JsonObject tls = Rendered.Event(Documented().ClientCertificates(ForgedCertificates.Fastly).Build(), options)["tls"]!.AsObject();
        Assert.Equal(send, tls["server_certificate"] is not null);
        string pem = "-----BEGIN CERTIFICATE-----\n" + Convert.ToBase64String(ForgedCertificates.Fastly.Der.Span) + "\n-----END CERTIFICATE-----\n";
        Assert.Equal(expected ? pem : null, (string?)tls.At("server_certificate.raw"));
        Assert.Equal(expected ? pem : null, (string?)tls.At("client_certificate.raw"));
        Assert.Equal(expected, tls["server_certificate_chain"]?[0]?["raw"] is not null);
        Assert.Null(tls.At("server.certificate_chain"));
    }

    [Fact]
    public void Alerts_tell_severity_code_name_and_side()
    {
        JsonObject tls = Rendered.Event(
            new TlsSessionBuilder().Alert(true, 2, 48).Alert(false, 1, 0).Alert(false, 9, 250).Build(), Rendered.Classic)["tls"]!.AsObject();
        Assert.Equal(
            """[{"severity":"fatal","code":48,"type":"unknown_ca","source":"client"},{"severity":"warning","code":0,"type":"close_notify","source":"server"},{"severity":"(unknown:0x09)","code":250,"type":"(unknown:0xfa)","source":"server"}]""",
            tls.Text("alerts"));
        Assert.Equal("""["unknown_ca","close_notify","(unknown:0xfa)"]""", tls.Text("alert_types"));
    }

    [Fact]
    public void What_Packetbeat_6_did_not_have_stands_beside_its_keys()
    {
        JsonObject tls = Rendered.Event(Documented().Group(NamedGroup.X25519).OcspResponse(0).Build(), Rendered.Classic)["tls"]!.AsObject();
        Assert.Equal("x25519", (string?)tls["curve"]);
        Assert.Equal("successful", (string?)tls["ocsp_response"]);
        Assert.Equal(Convert.ToHexString(ForgedCertificates.Fastly.Sha1.Span), (string?)tls.At("server.hash.sha1"));
        Assert.Null(tls.At("server.subject"));
        Assert.Null(tls.At("cipher"));
        Assert.Null(tls.At("client.server_name"));
    }

    internal static TlsSessionBuilder Documented() => new TlsSessionBuilder()
        .ClientHello(new HeldHelloBuilder { CipherSuites = [0x00FF, 0xC02C] }
            .ServerName("www.elastic.co"u8.ToArray()).Groups(23, 24, 25).PointFormats(0).SignatureAlgorithms(0x0401, 0x0201).Protocols("h2"u8.ToArray(), "h2-16"u8.ToArray()))
        .ServerHello(new HeldHelloBuilder { CipherSuites = [0xC02F] }.PointFormats(0, 1, 2).Protocols("h2"u8.ToArray()))
        .ServerCertificates(ForgedCertificates.Fastly, ForgedCertificates.GlobalSign)
        .Completed();

    /// <summary>The document's example with its <c>[...]</c> taken away.</summary>
    private const string Example = """
        {
          "handshake_completed": true,
          "server_certificate": {
            "version": 3,
            "issuer": {
              "organization": "GlobalSign nv-sa",
              "common_name": "GlobalSign CloudSSL CA - SHA256 - G3",
              "country": "BE"
            },
            "subject": {
              "organization": "Fastly, Inc.",
              "locality": "San Francisco",
              "province": "California",
              "common_name": "r2.shared.global.fastly.net",
              "country": "US"
            },
            "not_before": "2017-11-30T16:52:06.000Z",
            "not_after": "2018-11-09T20:51:05.000Z",
            "alternative_names": ["elastic.co"],
            "serial_number": "19260053873395556258503998518",
            "signature_algorithm": "SHA256-RSA",
            "public_key_algorithm": "RSA"
          },
          "server_certificate_chain": [
            {
              "not_after": "2025-08-19T00:00:00.000Z",
              "version": 3,
              "serial_number": "1438827024893517455116777811697460",
              "signature_algorithm": "SHA256-RSA",
              "public_key_algorithm": "RSA",
              "not_before": "2015-08-19T00:00:00.000Z",
              "issuer": {
                "organizational_unit": "Root CA",
                "common_name": "GlobalSign Root CA",
                "country": "BE",
                "organization": "GlobalSign nv-sa"
              },
              "subject": {
                "country": "BE",
                "organization": "GlobalSign nv-sa",
                "common_name": "GlobalSign CloudSSL CA - SHA256 - G3"
              }
            }
          ],
          "resumed": false,
          "client_hello": {
            "extensions": {
              "server_name_indication": ["www.elastic.co"],
              "supported_groups": ["secp256r1", "secp384r1", "secp521r1"],
              "ec_points_formats": ["uncompressed"],
              "signature_algorithms": ["rsa_pkcs1_sha256", "rsa_pkcs1_sha1"],
              "application_layer_protocol_negotiation": ["h2", "h2-16"]
            },
            "version": "3.3",
            "supported_ciphers": ["TLS_EMPTY_RENEGOTIATION_INFO_SCSV", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"],
            "supported_compression_methods": ["NULL"]
          },
          "server_hello": {
            "extensions": {
              "ec_points_formats": ["uncompressed", "ansiX962_compressed_prime", "ansiX962_compressed_char2"],
              "application_layer_protocol_negotiation": ["h2"]
            },
            "version": "3.3",
            "selected_cipher": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "selected_compression_method": "NULL"
          }
        }
        """;
}
