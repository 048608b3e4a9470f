using System.Text.Json.Nodes;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests;

/// <summary>Renders a session and looks at the document.</summary>
internal static class Rendered
{
    /// <summary>The private networks are ours, as in Packetbeat's shipped configuration.</summary>
    internal static readonly EventOptions Classic = new() { InternalNetworks = ["private"] };

    internal static readonly EventOptions Ecs = Classic with { Layout = EventLayout.Ecs };

    internal static JsonObject Event(TlsSession session, EventOptions options) => Event(session, options, Connection());

    internal static JsonObject Event(TlsSession session, EventOptions options, in ConnectionFacts connection)
    {
        EventBatch batch = new(1024, 1);
        Assert.True(new TlsEventRenderer(options).Render(session, connection, batch));
        return JsonNode.Parse(batch.Document(0))!.AsObject();
    }

    /// <summary>192.168.1.35:59455 to 93.184.216.34:443; the client opened it.</summary>
    internal static ConnectionFacts Connection(string client = "192.168.1.35", ushort clientPort = 59455, string server = "93.184.216.34", ushort serverPort = 443)
    {
        FlowKey key = Key(client, clientPort, server, serverPort, out bool clientIsLow);
        return new ConnectionFacts
        {
            Key = key,
            OriginatorIsLow = clientIsLow,
            FirstFrameTime = 1_600_000_000_100_000_000,
            LastFrameTime = 1_600_000_000_500_000_000,
            OriginatorBytes = 1000,
            OriginatorPackets = 7,
            ResponderBytes = 5000,
            ResponderPackets = 8,
            OuterVlan = DecodedFrame.NoVlan,
            InnerVlan = DecodedFrame.NoVlan,
        };
    }

    internal static FlowKey Key(string source, ushort sourcePort, string destination, ushort destinationPort, out bool sourceIsLow)
    {
        System.Net.IPAddress from = System.Net.IPAddress.Parse(source), to = System.Net.IPAddress.Parse(destination);
        byte version = (byte)(from.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 4 : 6);
        return FlowKey.Create(Value(from), sourcePort, Value(to), destinationPort, version, 6, out sourceIsLow);
    }

    internal static UInt128 Value(System.Net.IPAddress address) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(address.MapToIPv6().GetAddressBytes());

    /// <summary>The value at a dotted path, or null.</summary>
    internal static JsonNode? At(this JsonObject document, string path) =>
        path.Split('.').Aggregate((JsonNode?)document, (node, name) => (node as JsonObject)?[name]);

    /// <summary>The JSON text of the value at a dotted path; empty when there is none.</summary>
    internal static string Text(this JsonObject document, string path) => document.At(path)?.ToJsonString(Relaxed) ?? "";

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
