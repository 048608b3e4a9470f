using System.Text.Json.Nodes;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Events.Tests;

public class TlsEventRendererTests
{
    [Theory]
    [InlineData(EventLayout.Classic)]
    [InlineData(EventLayout.Ecs)]
    public void Writes_one_object_per_session(EventLayout layout)
    {
        JsonObject document = Rendered.Event(
            new TlsSessionBuilder().ClientHello(new HeldHelloBuilder().ServerName("example.net"u8.ToArray())).Build(), Rendered.Classic with { Layout = layout });
        Assert.Equal("tls", (string?)document["type"]);
        Assert.Equal("2020-09-13T12:26:40.123Z", (string?)document["@timestamp"]);
        Assert.Equal("example.net", (string?)document.At("destination.domain"));
        Assert.Null(document.At("source.domain"));
    }
}
