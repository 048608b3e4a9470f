using System.Text.Json.Nodes;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Events.Processing;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests.Processing;

public class ProcessorPlanTests
{
    private static readonly EventCondition s_holds = new EventCondition.EqualTo("type", "tls");
    private static readonly EventCondition s_holdsNot = new EventCondition.EqualTo("type", "dns");

    public static TheoryData<EventCondition, bool> Conditions => new()
    {
        { new EventCondition.EqualTo("client.port", 59455L), true },
        { new EventCondition.EqualTo("client.port", "59455"), false },
        { new EventCondition.EqualTo("client.port", 59455.0), true },
        { new EventCondition.EqualTo("client.port", 1L), false },
        { new EventCondition.EqualTo("tls.resumed", false), true },
        { new EventCondition.EqualTo("tls.resumed", true), false },
        { new EventCondition.EqualTo("event.type", "protocol"), true },
        { new EventCondition.EqualTo("no.such.field", "x"), false },
        { new EventCondition.EqualTo("network", "x"), false },
        { new EventCondition.Containing("server.ip", "184.216"), true },
        { new EventCondition.Containing("event.type", "otoco"), true },
        { new EventCondition.Containing("server.ip", "185"), false },
        { new EventCondition.Matching("server.ip", text => text.StartsWith("93.", StringComparison.Ordinal)), true },
        { new EventCondition.InRange("server.port", 443, null, 443, null), true },
        { new EventCondition.InRange("server.port", null, 443, null, null), false },
        { new EventCondition.InRange("server.port", null, null, null, 443), false },
        { new EventCondition.InRange("server.ip", null, null, null, null), false },
        { new EventCondition.InNetwork("client.ip", ["private"]), true },
        { new EventCondition.InNetwork("related.ip", ["93.184.0.0/16"]), true },
        { new EventCondition.InNetwork("server.ip", ["private", "10.0.0.0/8"]), false },
        { new EventCondition.HavingFields(["tls", "client.ip", "network"]), true },
        { new EventCondition.HavingFields(["tls", "client.geo"]), false },
        { new EventCondition.AllOf([s_holds, s_holdsNot]), false },
        { new EventCondition.AnyOf([s_holdsNot, s_holds]), true },
        { new EventCondition.Not(s_holdsNot), true },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_asks_the_values_of_the_event(EventCondition condition, bool holds)
    {
        JsonObject? document = Event(new EventProcessor.DropEvent { When = condition });
        Assert.Equal(holds, document is null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dropped_fields_are_gone_with_what_lies_below_them_and_identity_stays(bool conditional)
    {
        JsonObject document = Event(new EventProcessor.DropFields(["client", "network.type", "@timestamp", "type", "fields.site"]) { When = conditional ? s_holds : null })!;
        Assert.Null(document["client"]);
        Assert.Null(document.At("network.type"));
        Assert.NotNull(document.At("network.transport"));
        Assert.NotNull(document["@timestamp"]);
        Assert.NotNull(document["type"]);
        Assert.Equal("""{"rack":7}""", document.Text("fields"));
        Assert.Equal(Event()!.Text("event.id"), document.Text("event.id"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Included_fields_are_all_that_is_left(bool conditional)
    {
        JsonObject document = Event(new EventProcessor.IncludeFields(["network.type", "fields.rack"]) { When = conditional ? s_holds : null })!;
        Assert.Equal(["@timestamp", "type", "network", "fields"], document.Select(property => property.Key));
        Assert.Equal("""{"type":"ipv4"}""", document.Text("network"));
        Assert.Equal("""{"rack":7}""", document.Text("fields"));
    }

    [Fact]
    public void Added_fields_and_tags_stand_beside_ours_and_win()
    {
        JsonObject document = Event(
            new EventProcessor.AddFields(new Dictionary<string, object> { ["network.direction"] = "sideways", ["site.rack"] = 3L, ["fields.site"] = "lab" }),
            new EventProcessor.AddTags("tags", ["b", "c"]),
            new EventProcessor.AddTags("site.tags", ["x"]))!;
        Assert.Equal("sideways", (string?)document.At("network.direction"));
        Assert.Equal("""{"rack":3,"tags":["x"]}""", document.Text("site"));
        Assert.Equal("""["a","b","c"]""", document.Text("tags"));
        Assert.Equal("lab", (string?)document.At("fields.site"));
    }

    [Fact]
    public void Steps_act_in_their_order_and_conditions_see_what_steps_before_them_did()
    {
        JsonObject document = Event(
            new EventProcessor.AddTags("tags", ["seen"]) { When = s_holds },
            new EventProcessor.AddFields(new Dictionary<string, object> { ["after.tag"] = true }) { When = new EventCondition.Containing("tags", "seen") },
            new EventProcessor.DropFields(["client"]),
            new EventProcessor.AddFields(new Dictionary<string, object> { ["after.drop"] = true }) { When = new EventCondition.HavingFields(["client.ip"]) },
            new EventProcessor.AddFields(new Dictionary<string, object> { ["site"] = "lab" }),
            new EventProcessor.AddFields(new Dictionary<string, object> { ["after.add"] = true }) { When = new EventCondition.EqualTo("site", "lab") },
            new EventProcessor.DropFields(["site"]))!;
        Assert.Equal("""{"add":true,"tag":true}""", document.Text("after"));
        Assert.Null(document["site"]);
        Assert.Null(document["client"]);
    }

    [Theory]
    [InlineData("tls", "then")]
    [InlineData("dns", "else")]
    public void A_branch_takes_one_of_two_ways(string type, string way)
    {
        JsonObject document = Event(new EventProcessor.Branch(
            new EventCondition.EqualTo("type", type),
            [new EventProcessor.AddTags("tags", ["then"])],
            [new EventProcessor.AddTags("tags", ["else"])]))!;
        Assert.Equal($"""["a","{way}"]""", document.Text("tags"));
    }

    [Fact]
    public void An_event_on_which_no_step_acts_is_the_same_byte_by_byte() =>
        Assert.Equal(Document(), Document(new EventProcessor.DropFields(["client"]) { When = s_holdsNot }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_condition_gives_the_same_bytes_as_the_step_without_it(bool isEcs)
    {
        EventOptions options = isEcs ? Rendered.Ecs : Rendered.Classic;
        var session = ClassicLayoutTests.Documented().ClientCertificates(ForgedCertificates.Full).Build();
        EventProcessor[] steps = [new EventProcessor.DropFields(["tls.server", "tls.client_hello", "server"]), new EventProcessor.AddTags("tags", ["x"])];
        Assert.Equal(
            Text(session, options with { Processors = steps }),
            Text(session, options with { Processors = [.. steps.Select(step => step with { When = s_holds })] }));
    }

    [Fact]
    public void Unconditional_steps_allocate_nothing_per_event()
    {
        var renderer = new TlsEventRenderer(Rendered.Classic with { Processors = [new EventProcessor.DropFields(["client"]), new EventProcessor.AddTags("tags", ["x"])] });
        TlsSession session = ClassicLayoutTests.Documented().Build();
        ConnectionFacts connection = Rendered.Connection();
        EventBatch batch = new(64 * 1024, 4);
        Render(renderer, session, connection, batch, 200);
        Assert.Equal(0, Allocations.Of(() => Render(renderer, session, connection, batch, 1000)));
    }

    [Fact]
    public void More_steps_than_there_are_bits_for_are_refused() => Assert.Throws<ArgumentException>(() =>
        new TlsEventRenderer(new EventOptions { Processors = [.. Enumerable.Range(0, 65).Select(_ => new EventProcessor.AddTags("tags", ["x"]))] }));

    [Fact]
    public void As_many_steps_as_there_are_bits_for_all_act()
    {
        EventProcessor[] steps = [.. Enumerable.Range(0, 64).Select(number => new EventProcessor.AddTags("tags", [$"t{number}"]))];
        Assert.Equal(65, ((JsonArray)Event(steps)!["tags"]!).Count);
    }

    private static void Render(TlsEventRenderer renderer, TlsSession session, in ConnectionFacts connection, EventBatch batch, int count)
    {
        for (int i = 0; i < count; i++)
        {
            batch.Clear();
            renderer.Render(session, connection, batch);
        }
    }

    private static JsonObject? Event(params EventProcessor[] steps) => Document(steps) is { } text ? JsonNode.Parse(text)!.AsObject() : null;

    private static string? Document(params EventProcessor[] steps) => Text(new TlsSessionBuilder().Build(), Rendered.Classic with
    {
        Processors = steps,
        Tags = ["a"],
        Fields = new Dictionary<string, object> { ["site"] = "hq", ["rack"] = 7L },
    });

    private static string? Text(TlsSession session, EventOptions options)
    {
        EventBatch batch = new(1024, 1);
        return new TlsEventRenderer(options).Render(session, Rendered.Connection(), batch) ? System.Text.Encoding.UTF8.GetString(batch.Document(0)) : null;
    }
}
