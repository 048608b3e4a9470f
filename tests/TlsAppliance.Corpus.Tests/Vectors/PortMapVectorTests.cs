using System.Text.Json;
using TlsAppliance.Pipeline.Dispatch;

namespace TlsAppliance.Corpus.Tests.Vectors;

/// <summary>
/// Packetbeat maps each port to one of many protocols; here is one protocol and its list of ports. A port given twice is one port, as there; two
/// protocols cannot claim the same port, so that error has no counterpart.
/// </summary>
public class PortMapVectorTests : VectorTests
{
    [Fact]
    public void Ports() => ForEach("port_map", (input, expected) =>
    {
        JsonProperty[] protocols = [.. input.GetProperty("protocols").EnumerateObject()];
        if (expected.TryGetProperty("config_error", out _))
        {
            Assert.True(protocols.Length > 1);
            return;
        }

        foreach (JsonProperty protocol in protocols)
        {
            PortFilter filter = new([.. protocol.Value.EnumerateArray().Select(port => port.GetUInt16())]);
            foreach (JsonProperty port in expected.GetProperty("map").EnumerateObject())
            {
                Assert.Equal(port.Value.GetString() == protocol.Name, filter.Admits(50_000, ushort.Parse(port.Name, null)));
            }
        }
    });
}
