using System.Text.Json.Nodes;
using TlsAppliance.Events;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Elasticsearch.Setup;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Elasticsearch.Tests.Setup;

public class IndexSetupTests(SharedElasticsearch elasticsearch) : RealServerTests(elasticsearch)
{
    public static TheoryData<EventLayout> Layouts => [EventLayout.Classic, EventLayout.Ecs];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Puts_the_template_once_and_skips_the_lifecycle_that_this_server_does_not_know(EventLayout layout)
    {
        ElasticsearchNode server = await ServerAsync();
        using ElasticsearchClient client = Connect(server);
        IndexSetupOptions options = Options($"setup-once-{layout}".ToLowerInvariant() + "-%{+yyyy}", layout);
        IReadOnlyList<SetupStep> steps = await RunAsync(client, options);
        Assert.Equal([("lifecycle policy", SetupAction.Skip), ("index template", SetupAction.Create)], steps.Select(step => (step.Kind, step.Action)));
        Assert.Equal([SetupAction.Skip, SetupAction.Keep], (await RunAsync(client, options)).Select(step => step.Action));

        JsonNode template = await server.AskAsync(HttpMethod.Get, "_index_template/" + options.EffectiveTemplateName);
        Assert.Single(template["index_templates"]!.AsArray());
    }

    [Fact]
    public async Task Changed_options_replace_the_template_and_somebody_elses_is_left_alone()
    {
        ElasticsearchNode server = await ServerAsync();
        using ElasticsearchClient client = Connect(server);
        IndexSetupOptions options = Options("setup-changed-%{+yyyy}", EventLayout.Ecs);
        await RunAsync(client, options);
        Assert.Equal(SetupAction.Replace, (await RunAsync(client, options with { Replicas = 0 }))[1].Action);

        await server.AskAsync(HttpMethod.Put, "_index_template/setup-changed", """{"index_patterns":["setup-changed-*"],"priority":200}""");
        Assert.Equal(SetupAction.Keep, (await RunAsync(client, options))[1].Action);
        Assert.Equal(SetupAction.Replace, (await RunAsync(client, options with { Overwrite = true }))[1].Action);
    }

    [Fact]
    public async Task A_template_of_a_later_appliance_is_left_alone()
    {
        ElasticsearchNode server = await ServerAsync();
        using ElasticsearchClient client = Connect(server);
        await server.AskAsync(
            HttpMethod.Put, "_index_template/setup-later", """{"index_patterns":["setup-later-*"],"priority":200,"version":1000,"_meta":{"managed_by":"tls-appliance","digest":"other"}}""");
        SetupStep step = (await RunAsync(client, Options("setup-later-%{+yyyy}", EventLayout.Ecs)))[1];
        Assert.Equal((SetupAction.Keep, "is that of a later tls-appliance"), (step.Action, step.Reason));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task An_index_of_the_other_layout_under_the_same_name_is_a_conflict(EventLayout layout)
    {
        ElasticsearchNode server = await ServerAsync();
        using ElasticsearchClient client = Connect(server);
        string name = $"setup-conflict-{layout}".ToLowerInvariant();
        await RunAsync(client, Options(name + "-%{+yyyy}", layout) with { Replicas = 0 });
        await server.AskAsync(HttpMethod.Put, name + "-2026");
        await RunAsync(client, Options(name + "-%{+yyyy}", layout));

        EventLayout other = layout == EventLayout.Ecs ? EventLayout.Classic : EventLayout.Ecs;
        ElasticsearchException conflict = await Assert.ThrowsAsync<ElasticsearchException>(() => RunAsync(client, Options(name + "-%{+yyyy}", other)));
        Assert.Equal(ElasticsearchFailure.Conflict, conflict.Failure);
        Assert.Contains($"the index {name}-2026 holds events of the layout", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_with_guessed_types_shows_its_layout_too()
    {
        ElasticsearchNode server = await ServerAsync();
        using ElasticsearchClient client = Connect(server);
        await server.AskAsync(HttpMethod.Post, "setup-guessed-2026/_doc", """{"tls":{"handshake_completed":true}}""");
        await RunAsync(client, Options("setup-guessed-%{+yyyy}", EventLayout.Classic));
        ElasticsearchException conflict = await Assert.ThrowsAsync<ElasticsearchException>(() => RunAsync(client, Options("setup-guessed-%{+yyyy}", EventLayout.Ecs)));
        Assert.Equal(ElasticsearchFailure.Conflict, conflict.Failure);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_data_stream_appears_with_the_template_and_has_the_alias(EventLayout layout)
    {
        ElasticsearchNode server = await ServerAsync();
        using ElasticsearchClient client = Connect(server);
        string name = $"logs-tls_appliance-{layout}".ToLowerInvariant();
        await RunAsync(client, Options(name, layout) with { IsDataStream = true, Replicas = 0 });
        await server.AskAsync(HttpMethod.Post, name + "/_doc?op_type=create", """{"@timestamp":"2026-11-28T00:00:00.000Z","tls":{"resumed":false}}""");

        JsonNode resolved = await server.AskAsync(HttpMethod.Get, "_resolve/index/" + name);
        Assert.Equal(name, (string?)resolved["data_streams"]![0]!["name"]);
        Assert.Equal(1, await server.CountAsync("packetbeat-tls-appliance-stream", $$$"""{"term":{"_index":"{{{(string)resolved["data_streams"]![0]!["backing_indices"]!.AsArray()[0]!}}}"}}"""));
        await RunAsync(client, Options(name, layout) with { IsDataStream = true, Replicas = 0 });
    }

    private static async Task<IReadOnlyList<SetupStep>> RunAsync(ElasticsearchClient client, IndexSetupOptions options)
    {
        var setup = new IndexSetup(options);
        ServerInfo info = await client.GetInfoAsync(TestContext.Current.CancellationToken);
        IReadOnlyList<SetupStep> steps = await setup.PlanAsync(client, info, TestContext.Current.CancellationToken);
        await setup.ApplyAsync(client, steps, TestContext.Current.CancellationToken);
        return steps;
    }

    private static IndexSetupOptions Options(string index, EventLayout layout) => new()
    {
        Layout = layout, Index = IndexNamePattern.Parse(index, new Dictionary<string, string>()),
    };

    private static ElasticsearchClient Connect(ElasticsearchNode server) => new(new ElasticsearchOptions { Hosts = [server.Url] }, TimeProvider.System);
}
