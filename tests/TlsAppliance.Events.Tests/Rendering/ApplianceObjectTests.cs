using System.Text.Json.Nodes;
using TlsAppliance.Events.Rendering;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests.Rendering;

public class ApplianceObjectTests
{
    [Fact]
    public void A_plain_session_tells_why_it_was_published_and_nothing_odd() => Assert.Equal(
        """{"end_reason":"handshake_completed"}""", Rendered.Event(new TlsSessionBuilder().Build(), Rendered.Ecs).Text("tls_appliance"));

    [Theory]
    [InlineData(EndReason.HandshakeCompleted, "handshake_completed")]
    [InlineData(EndReason.Fin, "fin")]
    [InlineData(EndReason.Rst, "rst")]
    [InlineData(EndReason.Timeout, "timeout")]
    [InlineData(EndReason.Evicted, "evicted")]
    [InlineData(EndReason.EndOfInput, "end_of_input")]
    [InlineData(EndReason.PortReuse, "port_reuse")]
    [InlineData(EndReason.Shutdown, "shutdown")]
    public void Names_every_reason(EndReason reason, string expected)
    {
        ConnectionFacts connection = Rendered.Connection() with { EndReason = reason };
        Assert.Equal(expected, (string?)Rendered.Event(new TlsSessionBuilder().Build(), Rendered.Ecs, connection).At("tls_appliance.end_reason"));
    }

    [Fact]
    public void Tells_what_happened_on_the_way()
    {
        TlsSession session = new TlsSessionBuilder().ClientHello(new HeldHelloBuilder()).ServerHello(new HeldHelloBuilder()).Completed()
            .HelloRetry().Ssl2Hello().EarlyData().Gaps(true, true).Anomalies(TlsAnomalies.MalformedExtensions | TlsAnomalies.TooMany, skippedMessages: 2).Build();
        ConnectionFacts connection = Rendered.Connection() with
        {
            Ordinal = 1, SynTime = 10, SynAckTime = 30, OriginatorGapBytes = 5, ResponderGapBytes = 6, Carrier = CarrierKind.Vxlan, CarrierId = 42,
        };
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"end_reason":"handshake_completed","ordinal":1,"hello_retry":true,"ssl2_hello":true,"early_data":true,
                "timing":{"tcp_connect":20,"server_hello":20000000,"handshake":50000000},
                "client":{"gap":true,"gap_bytes":5},"server":{"gap":true,"gap_bytes":6},"tunnel":{"type":"vxlan","id":42},"skipped_messages":2,
                "anomalies":["malformed_extensions","too_many"]}
                """),
            Rendered.Event(session, Rendered.Ecs with { IncludeDetailedFields = false }, connection)["tls_appliance"]));
    }

    [Fact]
    public void Gaps_follow_the_roles()
    {
        ConnectionFacts connection = Rendered.Connection() with { OriginatorGapBytes = 5 };
        JsonObject document = Rendered.Event(new TlsSessionBuilder().ClientIsResponder().Build(), Rendered.Ecs, connection);
        Assert.Equal(5, (long?)document.At("tls_appliance.server.gap_bytes"));
    }

    [Theory]
    [InlineData(CarrierKind.Gre, "gre")]
    [InlineData(CarrierKind.Erspan, "erspan")]
    [InlineData(CarrierKind.Geneve, "geneve")]
    [InlineData(CarrierKind.Gtpu, "gtpu")]
    [InlineData(CarrierKind.IpInIp, "ip_in_ip")]
    [InlineData(CarrierKind.Mpls, "mpls")]
    [InlineData(CarrierKind.Pppoe, "pppoe")]
    [InlineData(CarrierKind.L2tp, "l2tp")]
    [InlineData(CarrierKind.Teredo, "teredo")]
    [InlineData(CarrierKind.Capwap, "capwap")]
    [InlineData(CarrierKind.Ayiya, "ayiya")]
    public void Names_every_tunnel(CarrierKind carrier, string expected)
    {
        ConnectionFacts connection = Rendered.Connection() with { Carrier = carrier };
        Assert.Equal($$"""{"type":"{{expected}}"}""", Rendered.Event(new TlsSessionBuilder().Build(), Rendered.Ecs, connection).Text("tls_appliance.tunnel"));
    }

    [Fact]
    public void A_capture_that_has_an_answer_before_its_question_gives_no_time()
    {
        ConnectionFacts connection = Rendered.Connection() with { SynTime = 30, SynAckTime = 10 };
        Assert.Null(Rendered.Event(new TlsSessionBuilder().Build(), Rendered.Ecs, connection).At("tls_appliance.timing"));
    }

    [Fact]
    public void Every_anomaly_has_a_name() => Assert.All(
        Enum.GetValues<TlsAnomalies>(), anomaly => Assert.Matches("^[a-z0-9_]+$", System.Text.Encoding.ASCII.GetString(EnumNames<TlsAnomalies>.Of((int)anomaly))));
}
