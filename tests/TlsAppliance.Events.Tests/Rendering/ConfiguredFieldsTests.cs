using System.Text.Json.Nodes;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Events.Tests.Rendering;

public class ConfiguredFieldsTests
{
    private static readonly Dictionary<string, object> Fields = new()
    {
        ["site"] = "zürich <1>",
        ["rack.row"] = 7L,
        ["rack.tags"] = new object[] { "a", true, 1.5 },
        ["lab"] = false,
    };

    [Fact]
    public void Tags_stand_at_the_top() => Assert.Equal(
        """["forwarded","span"]""", Rendered.Event(new TlsSessionBuilder().Build(), Rendered.Ecs with { Tags = ["forwarded", "span"] }).Text("tags"));

    [Fact]
    public void Fields_stand_under_fields_with_their_types() => Assert.True(JsonNode.DeepEquals(
        JsonNode.Parse("""{"site":"zürich <1>","rack":{"row":7,"tags":["a",true,1.5]},"lab":false}"""),
        Rendered.Event(new TlsSessionBuilder().Build(), Rendered.Ecs with { Fields = Fields })["fields"]));

    [Fact]
    public void Under_the_root_they_stand_beside_ours()
    {
        JsonObject document = Rendered.Event(new TlsSessionBuilder().Build(), Rendered.Ecs with { Fields = Fields, FieldsUnderRoot = true });
        Assert.Null(document["fields"]);
        Assert.Equal(7, (int?)document.At("rack.row"));
        Assert.Equal("tls", (string?)document["type"]);
    }

    [Fact]
    public void Under_the_root_they_are_merged_into_our_objects_and_win()
    {
        Dictionary<string, object> fields = new()
        {
            ["network.zone"] = "dmz",
            ["network.direction"] = "sideways",
            ["observer.ingress.zone"] = "tap",
            ["tls.client.ja4"] = "none",
            ["type"] = "other",
            ["event.id.part"] = "x",
            ["tls.detailed.client_hello"] = "hidden",
        };
        TlsSessionBuilder session = new TlsSessionBuilder().ClientHello(new HeldHelloBuilder());
        JsonObject document = Rendered.Event(session.Build(), Rendered.Ecs with { Fields = fields, FieldsUnderRoot = true });
        Assert.Equal("dmz", (string?)document.At("network.zone"));
        Assert.Equal("sideways", (string?)document.At("network.direction"));
        Assert.Equal("tls", (string?)document.At("network.protocol"));
        Assert.Equal("tap", (string?)document.At("observer.ingress.zone"));
        Assert.Equal("none", (string?)document.At("tls.client.ja4"));
        Assert.Equal("other", (string?)document["type"]);
        Assert.Equal("x", (string?)document.At("event.id.part"));
    }

    [Fact]
    public void A_field_that_would_repeat_a_nested_object_replaces_it()
    {
        EventOptions options = Rendered.Ecs with { Fields = new Dictionary<string, object> { ["tls.detailed.note"] = "n" }, FieldsUnderRoot = true };
        JsonObject document = Rendered.Event(new TlsSessionBuilder().ClientHello(new HeldHelloBuilder()).Build(), options);
        Assert.Equal("""{"note":"n"}""", document.Text("tls.detailed"));
    }

    [Fact]
    public void Refuses_a_value_that_no_event_can_hold() => Assert.Throws<ArgumentException>(
        () => new TlsEventRenderer(new EventOptions { Fields = new Dictionary<string, object> { ["a"] = new object() } }));
}
