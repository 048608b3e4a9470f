using System.Text.Json.Nodes;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Events.Places;
using TlsAppliance.Events.Processing;
using TlsAppliance.Network.Flows;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Events.Tests.Rendering;

public class PlaceObjectTests
{
    private static readonly AddressPlace s_place = new()
    {
        CountryCode = "AT",
        City = "Wien \"1\"",
        Location = (48.25, -16.5),
        AutonomousSystem = 64_500,
        Organization = "Example Net",
    };

    private static readonly EventOptions s_options = Rendered.Ecs with { Places = new OnePlace(Rendered.Connection().Key.HighAddress, Rendered.Connection().Key.LowAddress) };

    [Fact]
    public void Stands_in_the_end_that_is_known_and_nowhere_else()
    {
        JsonObject document = Rendered.Event(new TlsSessionBuilder().Build(), s_options);
        foreach (string end in (string[])["destination", "server"])
        {
            Assert.Equal("""{"country_iso_code":"AT","city_name":"Wien \"1\"","location":{"lat":48.25,"lon":-16.5}}""", document.Text(end + ".geo"));
            Assert.Equal("""{"number":64500,"organization":{"name":"Example Net"}}""", document.Text(end + ".as"));
        }

        Assert.Null(document.At("source.geo"));
        Assert.Null(document.At("client.as"));
    }

    [Fact]
    public void Is_not_there_without_a_database() =>
        Assert.DoesNotContain("\"geo\"", Rendered.Event(new TlsSessionBuilder().Build(), Rendered.Ecs).ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public void Processors_drop_it_like_any_field()
    {
        JsonObject document = Rendered.Event(new TlsSessionBuilder().Build(), s_options with { Processors = [new EventProcessor.DropFields(["server.geo.location", "server.as", "destination.geo"])] });
        Assert.Equal("""{"country_iso_code":"AT","city_name":"Wien \"1\""}""", document.Text("server.geo"));
        Assert.Null(document.At("server.as"));
        Assert.Null(document.At("destination.geo"));
        Assert.NotNull(document.At("destination.as"));
    }

    [Fact]
    public void Allocates_nothing()
    {
        var renderer = new TlsEventRenderer(s_options);
        var session = new TlsSessionBuilder().Build();
        ConnectionFacts connection = Rendered.Connection();
        EventBatch batch = new(64 * 1024, 4);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int count = 0; count < 500; count++)
            {
                batch.Clear();
                renderer.Render(session, connection, batch);
            }
        }));
    }

    /// <summary>Knows the server, which is the one address that is not private.</summary>
    private sealed class OnePlace(params UInt128[] addresses) : IAddressPlaces
    {
        private readonly IpAddress _known = addresses.Single(address => address != Rendered.Value(System.Net.IPAddress.Parse("192.168.1.35")));

        public AddressPlace? Find(in IpAddress address) => address == _known ? s_place : null;
    }
}
