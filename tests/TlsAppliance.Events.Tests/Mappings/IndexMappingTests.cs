using System.Text.Json;
using System.Text.Json.Nodes;
using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Mappings;
using TlsAppliance.Testing;

namespace TlsAppliance.Events.Tests.Mappings;

public class IndexMappingTests
{
    /// <summary>What both Elasticsearch 8.2 without plug-ins and OpenSearch know.</summary>
    private static readonly string[] s_types = ["keyword", "ip", "date", "long", "boolean", "geo_point", "alias"];

    public static TheoryData<EventLayout> Layouts => [EventLayout.Classic, EventLayout.Ecs];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_field_of_the_layout_has_its_type(EventLayout layout)
    {
        Dictionary<string, JsonObject> fields = Flatten(IndexMapping.Create(layout));
        foreach (EventField field in EventFields.All.Where(field => field.Path(layout) is not null))
        {
            Assert.Equal(IndexMapping.SpellingOf(field.Type), (string?)fields[field.Path(layout)!]["type"]);
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Only_types_that_every_server_knows(EventLayout layout) =>
        Assert.Empty(Flatten(IndexMapping.Create(layout)).Values.Select(field => (string)field["type"]!).Distinct().Except(s_types));

    /// <summary>So that one pattern over both sorts of indices gives fields of one type. A short of theirs is a long of ours: no query can tell.</summary>
    [Fact]
    public void Types_are_those_of_Packetbeat()
    {
        if (PacketbeatReference.Read("packetbeat-mapping.json") is not { } file)
        {
            Assert.Skip("../shared/reference is not beside this clone");
            return;
        }

        Dictionary<string, JsonObject> ours = Flatten(IndexMapping.Create(EventLayout.Ecs));
        int compared = 0;
        foreach (JsonProperty theirs in file.GetProperty("fields").EnumerateObject())
        {
            if (ours.TryGetValue(theirs.Name, out JsonObject? field) && (string?)field["type"] != "alias")
            {
                string type = theirs.Value.GetProperty("type").GetString()!;
                Assert.True((type == "short" ? "long" : type) == (string?)field["type"], theirs.Name);
                Assert.Equal(theirs.Value.TryGetProperty("ignore_above", out JsonElement limit) ? limit.GetInt32() : null, (int?)field["ignore_above"]);
                compared++;
            }
        }

        Assert.InRange(compared, 100, 1000);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Keys_that_the_table_does_not_know_never_become_fields_below_tls(EventLayout layout)
    {
        JsonNode properties = IndexMapping.Create(layout)["properties"]!;
        Assert.False((bool)properties["tls"]!["dynamic"]!);
        Assert.False((bool)properties["tls_appliance"]!["dynamic"]!);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Leaves_room_for_configured_fields_below_the_limit_of_fields(EventLayout layout)
    {
        int limit = (int)new IndexTemplate { Layout = layout, Patterns = ["x"] }.ToJson()["template"]!["settings"]!["index.mapping.total_fields.limit"]!;
        Assert.InRange(Flatten(IndexMapping.Create(layout)).Count, 300, limit / 2);
    }

    private static Dictionary<string, JsonObject> Flatten(JsonObject mapping)
    {
        Dictionary<string, JsonObject> fields = new(StringComparer.Ordinal);
        Add(fields, "", mapping);
        return fields;
    }

    private static void Add(Dictionary<string, JsonObject> fields, string prefix, JsonObject parent)
    {
        foreach ((string name, JsonNode? node) in parent["properties"]!.AsObject())
        {
            if (node!.AsObject().ContainsKey("properties"))
            {
                Add(fields, $"{prefix}{name}.", node.AsObject());
            }
            else
            {
                fields.Add(prefix + name, node.AsObject());
            }
        }
    }
}
