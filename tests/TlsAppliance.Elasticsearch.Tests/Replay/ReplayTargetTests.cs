using System.Text.Json.Nodes;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Elasticsearch.Tests.Replay;

/// <summary>Where events go, and what the program says when they do not.</summary>
public class ReplayTargetTests(SharedElasticsearch elasticsearch) : RealServerTests(elasticsearch)
{
    private static string Corpus(string name) => RepositoryRoot.Combine("replay-corpus", name);

    [Fact]
    public async Task Passes_with_addresses_of_their_own_are_all_indexed()
    {
        ElasticsearchNode server = await ServerAsync();
        using var appliance = new Appliance(server, "loops");
        (ToolProcess process, JsonNode summary) = appliance.Replay("--loop", "3", "--unique-flows", "--strict", Corpus("vlan"));
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(3 * Appliance.Events(Corpus("vlan")).Count, await server.CountAsync(appliance.Indices));
        Assert.Equal((long)summary["events"]!, await server.CountAsync(appliance.Indices));
    }

    [Fact]
    public async Task Plain_passes_are_the_same_sessions()
    {
        ElasticsearchNode server = await ServerAsync();
        using var appliance = new Appliance(server, "again");
        JsonNode summary = appliance.Replay("--loop", "3", "--preload", Corpus("vlan")).Summary;
        Assert.Equal(Appliance.Events(Corpus("vlan")).Count, await server.CountAsync(appliance.Indices));
        Assert.Equal(2 * (long)summary["elasticsearch"]!["indexed"]!, (long)summary["elasticsearch"]!["duplicate"]!);
    }

    [Fact]
    public async Task The_index_is_that_of_the_year_of_the_session()
    {
        ElasticsearchNode server = await ServerAsync();
        using var appliance = new Appliance(server, null);
        SortedDictionary<string, string> events = Appliance.Events(Corpus("vlan"));
        string[] years = [.. events.Values.Select(json => ((string)JsonNode.Parse(json)!["@timestamp"]!)[..4]).Distinct()];
        appliance.Replay(Corpus("vlan"));
        Assert.Equal(events.Count, await server.CountAsync(string.Join(',', years.Select(year => "tls-appliance-classic-" + year))));
    }

    [Fact]
    public async Task A_data_stream_takes_events_of_any_age_once()
    {
        ElasticsearchNode server = await ServerAsync();
        using var appliance = new Appliance(server, null);
        string[] stream = ["-E", "output.elasticsearch.data_stream=true", "-E", "data_stream.namespace=replayed", Corpus("vlan")];
        long events = (long)appliance.Replay(stream).Summary["elasticsearch"]!["indexed"]!;
        Assert.Equal(events, (long)appliance.Replay(stream).Summary["elasticsearch"]!["duplicate"]!);
        Assert.Equal(events, await server.CountAsync("logs-tls_appliance-replayed"));
        Assert.Equal("logs-tls_appliance-replayed", (string?)(await server.AskAsync(HttpMethod.Get, "_resolve/index/logs-tls_appliance-replayed"))["data_streams"]![0]!["name"]);
    }

    [Fact]
    public async Task An_index_of_the_other_layout_ends_the_run_before_the_first_frame()
    {
        ElasticsearchNode server = await ServerAsync();
        using var appliance = new Appliance(server, "both");
        appliance.Replay(Corpus("vlan"));
        ToolProcess process = ToolProcess.Appliance(["replay", "-o", "elasticsearch", "--layout", "ecs", .. appliance.Settings, Corpus("vlan")]);
        Assert.Equal(78, process.ExitCode);
        Assert.Contains("the index both-all holds events of the layout classic, and these are ecs", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_events_are_dead_letters_and_strict_tells()
    {
        ElasticsearchNode server = await ServerAsync();
        using var appliance = new Appliance(server, "refused");
        await server.AskAsync(HttpMethod.Put, "refused-all", """{"mappings":{"properties":{"event":{"properties":{"dataset":{"type":"date"}}}}}}""");
        (ToolProcess process, JsonNode summary) = appliance.Replay("--strict", Corpus("vlan"));
        Assert.Equal(3, process.ExitCode);
        Assert.Equal((long)summary["events"]!, (long)summary["elasticsearch"]!["dead_lettered"]!);
        string[] letters = [.. Directory.EnumerateFiles(Path.Combine(appliance.Folder, "data", "replay", "dead-letters")).SelectMany(File.ReadLines)];
        Assert.Equal((long)summary["events"]!, letters.Length);
        Assert.All(letters, letter => Assert.Contains("refused-all", letter, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_replay_at_a_time_has_a_data_path()
    {
        ElasticsearchNode server = await ServerAsync();
        using var appliance = new Appliance(server, "locked");
        using Sinks.DataDirectory held = Sinks.DataDirectory.Take(Path.Combine(appliance.Folder, "data"), "replay");
        ToolProcess process = ToolProcess.Appliance(["replay", "-o", "elasticsearch", .. appliance.Settings, Corpus("vlan")]);
        Assert.Equal(73, process.ExitCode);
        Assert.Contains("is in use by process", process.Errors, StringComparison.Ordinal);
    }
}
