using System.Text.Json.Nodes;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Events.Tests.Rendering;

public class EnvelopeTests
{
    private static readonly EventOptions Named = Rendered.Classic with { Sensor = "tap-1" };

    public static TheoryData<string> Vectors => [.. PacketbeatVectors.OfKind("event_common").Select(vector => (string)vector["id"]!)];

    [Fact]
    public void Is_ECS_in_both_layouts()
    {
        JsonObject classic = Rendered.Event(ClassicLayoutTests.Documented().Build(), Rendered.Classic);
        JsonObject ecs = Rendered.Event(ClassicLayoutTests.Documented().Build(), Rendered.Ecs);
        foreach (JsonObject document in (JsonObject[])[classic, ecs])
        {
            document.Remove("tls");
            document.Remove("tls_appliance");
        }

        Assert.True(JsonNode.DeepEquals(classic, ecs));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Expected), classic), classic.ToJsonString());
    }

    [Fact]
    public void End_and_duration_are_those_of_a_completed_handshake()
    {
        JsonObject document = Rendered.Event(new TlsSessionBuilder().ClientHello(new HeldHelloBuilder()).Build(), Named);
        Assert.Equal("Error", (string?)document["status"]);
        Assert.Null(document.At("event.end"));
        Assert.Null(document.At("event.duration"));
    }

    [Fact]
    public void Source_is_the_client_even_if_the_server_was_seen_first()
    {
        ConnectionFacts connection = Rendered.Connection();
        JsonObject document = Rendered.Event(new TlsSessionBuilder().ClientIsResponder().ServerHello(new HeldHelloBuilder()).Build(), Named, connection);
        Assert.Equal("93.184.216.34", (string?)document.At("source.ip"));
        Assert.Equal(5000, (long?)document.At("source.bytes"));
        Assert.Equal(59455, (int?)document.At("server.port"));
        Assert.Equal("inbound", (string?)document.At("network.direction"));
        Assert.Equal("""["93.184.216.34","192.168.1.35"]""", document.Text("related.ip"));
    }

    [Fact]
    public void Related_addresses_are_there_once()
    {
        ConnectionFacts connection = Rendered.Connection("::1", 1, "::1", 2);
        JsonObject document = Rendered.Event(new TlsSessionBuilder().Build(), Named, connection);
        Assert.Equal("""["::1"]""", document.Text("related.ip"));
        Assert.Equal("ipv6", (string?)document.At("network.type"));
    }

    [Fact]
    public void Tells_both_VLAN_ids()
    {
        ConnectionFacts connection = Rendered.Connection() with { OuterVlan = 0, InnerVlan = 4094 };
        JsonObject document = Rendered.Event(new TlsSessionBuilder().Build(), Named, connection);
        Assert.Equal("0", (string?)document.At("network.vlan.id"));
        Assert.Equal("4094", (string?)document.At("network.inner.vlan.id"));
    }

    [Fact]
    public void Names_the_sensor_only_when_it_has_a_name()
    {
        Assert.Equal("tap-1", (string?)Rendered.Event(new TlsSessionBuilder().Build(), Named).At("observer.name"));
        Assert.Null(Rendered.Event(new TlsSessionBuilder().Build(), Rendered.Classic).At("observer.name"));
    }

    [Fact]
    public void A_session_before_1970_has_its_time() =>
        Assert.Equal("1969-12-31T23:59:58.500Z", (string?)Rendered.Event(new TlsSessionBuilder().StartTime(-1_500_000_000).Build(), Named)["@timestamp"]);

    /// <summary>But for the direction, which our table of differences gives to <c>internal_networks</c> alone (D1).</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Vectors))]
    public void Agrees_with_the_vectors_of_Packetbeat(string id)
    {
        JsonNode vector = PacketbeatVectors.WithId(id);
        string[] source = ((string)vector["input"]!["source"]!).Split(':'), destination = ((string)vector["input"]!["destination"]!).Split(':');
        ConnectionFacts connection = Rendered.Connection(source[0], ushort.Parse(source[1], null), destination[0], ushort.Parse(destination[1], null));
        JsonObject document = Rendered.Event(new TlsSessionBuilder().Build(), new EventOptions(), connection);
        Assert.Equal((string?)vector["expected"]!["network.type"], (string?)document.At("network.type"));
        Assert.Equal((string?)vector["derived"]!["network.community_id"], (string?)document.At("network.community_id"));
        Assert.Equal(source[0], (string?)document.At("source.ip"));
        Assert.Equal(destination[0], (string?)document.At("destination.ip"));
        Assert.True(JsonNode.DeepEquals(document["source"], document["client"]));
        Assert.True(JsonNode.DeepEquals(document["destination"], document["server"]));
        Assert.Equal("unknown", (string?)document.At("network.direction"));
    }

    private const string Expected = """
        {
          "@timestamp": "2020-09-13T12:26:40.123Z",
          "type": "tls",
          "status": "OK",
          "event": {
            "kind": "event", "category": ["network"], "type": ["connection", "protocol"], "dataset": "tls", "id": "7c13168eff16d8c843c725422bb3b158",
            "start": "2020-09-13T12:26:40.123Z", "end": "2020-09-13T12:26:40.173Z", "duration": 50000000
          },
          "source": { "ip": "192.168.1.35", "port": 59455, "bytes": 1000, "packets": 7 },
          "destination": { "ip": "93.184.216.34", "port": 443, "domain": "www.elastic.co", "bytes": 5000, "packets": 8 },
          "client": { "ip": "192.168.1.35", "port": 59455, "bytes": 1000, "packets": 7 },
          "server": { "ip": "93.184.216.34", "port": 443, "domain": "www.elastic.co", "bytes": 5000, "packets": 8 },
          "related": { "ip": ["192.168.1.35", "93.184.216.34"] },
          "network": {
            "type": "ipv4", "transport": "tcp", "protocol": "tls", "community_id": "1:fx1jENdlg6r3LIvBRG3wEboWbPY=", "direction": "outbound",
            "bytes": 6000, "packets": 15
          },
          "ecs": { "version": "8.0.0" },
          "observer": { "product": "tls-appliance", "type": "sensor" }
        }
        """;
}
