using System.Text.Json.Nodes;
using TlsAppliance.Events.Mappings;

namespace TlsAppliance.Events.Tests.Mappings;

public class IndexTemplateTests
{
    /// <summary>A template of a higher version is left alone. Whoever changes the text raises the version, and then the digests here.</summary>
    [Theory]
    [InlineData(EventLayout.Classic, 1, "3d27c4f8a40efd50")]
    [InlineData(EventLayout.Ecs, 1, "dc53a12e4934a5fb")]
    public void A_changed_text_has_a_new_version(EventLayout layout, int version, string digest)
    {
        JsonObject template = new IndexTemplate { Layout = layout, Patterns = ["tls-appliance-*"] }.ToJson();
        Assert.Equal((version, digest), ((int)template["version"]!, (string)template["_meta"]!["digest"]!));
    }

    [Fact]
    public void Is_for_indices_of_one_name_and_gives_them_the_alias_of_Packetbeat()
    {
        JsonObject template = new IndexTemplate { Layout = EventLayout.Ecs, Patterns = ["tls-appliance-ecs-*"] }.ToJson();
        Assert.Equal("""["tls-appliance-ecs-*"]""", template["index_patterns"]!.ToJsonString());
        Assert.Equal("""{"packetbeat-tls-appliance":{}}""", template["template"]!["aliases"]!.ToJsonString());
        Assert.Equal(("tls-appliance", "ecs"), ((string)template["_meta"]!["managed_by"]!, (string)template["_meta"]!["layout"]!));
        Assert.False(template.ContainsKey("data_stream"));
    }

    [Fact]
    public void Settings_that_nobody_asked_for_are_left_to_the_server()
    {
        JsonObject settings = new IndexTemplate { Layout = EventLayout.Classic, Patterns = ["x"] }.ToJson()["template"]!["settings"]!.AsObject();
        Assert.Equal(["index.mapping.total_fields.limit", "index.refresh_interval"], settings.Select(setting => setting.Key));
    }

    [Fact]
    public void Takes_a_lifecycle_shards_and_replicas()
    {
        JsonObject template = new IndexTemplate
        {
            Layout = EventLayout.Classic, Patterns = ["logs-tls_appliance-default"], IsDataStream = true, Alias = null, LifecyclePolicy = "p", Shards = 2, Replicas = 0,
        }.ToJson();
        JsonObject settings = template["template"]!["settings"]!.AsObject();
        Assert.Equal(("p", 2, 0), ((string)settings["index.lifecycle.name"]!, (int)settings["index.number_of_shards"]!, (int)settings["index.number_of_replicas"]!));
        Assert.Equal("{}", template["data_stream"]!.ToJsonString());
        Assert.False(template["template"]!.AsObject().ContainsKey("aliases"));
    }

    [Fact]
    public void A_lifecycle_deletes_nothing_unless_that_was_asked_for()
    {
        Assert.Equal(
            """{"policy":{"phases":{"hot":{"actions":{"set_priority":{"priority":100}}}},"_meta":{"managed_by":"tls-appliance"}}}""",
            new LifecyclePolicy().ToJson().ToJsonString());
        Assert.Equal(
            """{"hot":{"actions":{"set_priority":{"priority":100},"rollover":{"max_primary_shard_size":"50gb","max_age":"30d"}}},"delete":{"min_age":"90d","actions":{"delete":{}}}}""",
            new LifecyclePolicy { RollsOver = true, DeleteAfterDays = 90 }.ToJson()["policy"]!["phases"]!.ToJsonString());
    }
}
