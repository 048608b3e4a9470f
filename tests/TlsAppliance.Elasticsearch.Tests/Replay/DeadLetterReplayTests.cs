using System.Text.Json.Nodes;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Elasticsearch.Tests.Replay;

/// <summary>What a server refused is sent again.</summary>
public class DeadLetterReplayTests(SharedElasticsearch elasticsearch) : RealServerTests(elasticsearch)
{
    private const string WrongMapping = """{"mappings":{"properties":{"event":{"properties":{"dataset":{"type":"date"}}}}}}""";

    private static readonly string s_capture = RepositoryRoot.Combine("replay-corpus", "vlan");

    [Fact]
    public async Task When_the_mapping_is_mended_every_letter_arrives_and_its_file_goes()
    {
        ElasticsearchNode server = await ServerAsync();
        using var appliance = new Appliance(server, "mended");
        await server.AskAsync(HttpMethod.Put, "mended-all", WrongMapping);
        long events = (long)appliance.Replay(s_capture).Summary["events"]!;
        string letters = Path.Combine(appliance.Folder, "data", "replay", "dead-letters");
        Assert.Equal(events, Lines(letters));

        // Nothing is mended yet: they come back, each once.
        JsonNode summary = appliance.Replay("--dead-letters", letters).Summary;
        Assert.Equal((events, events, 0L), ((long)summary["sent"]!, (long)summary["refused"]!, (long)summary["indexed"]!));
        Assert.Equal(events, Lines(letters));

        await server.AskAsync(HttpMethod.Delete, "mended-all");
        (ToolProcess process, summary) = appliance.Replay("--dead-letters", letters);
        Assert.Equal((0, events, 0L), (process.ExitCode, (long)summary["indexed"]!, (long)summary["left"]!));
        Assert.Equal(0, Lines(letters));
        Assert.Equal(events, await server.CountAsync(appliance.Indices));

        // They are the events of the capture: a replay finds them there.
        Assert.Equal(events, (long)appliance.Replay(s_capture).Summary["elasticsearch"]!["duplicate"]!);
    }

    [Fact]
    public async Task A_file_that_somebody_writes_to_and_lines_that_are_no_letters_stay()
    {
        using var folder = new TemporaryFolder();
        await using var server = new FakeElasticsearch();
        server.Poisons["event"] = 400;
        string letters = Path.Combine(folder.Path, "data", "replay", "dead-letters");
        long events = (long)JsonNode.Parse(Run(folder, server.Url, "-o", "elasticsearch", s_capture).Output)!["events"]!;
        string file = Assert.Single(Directory.GetFiles(letters));
        server.Poisons.Clear();

        ToolProcess process;
        using (new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete))
        {
            process = Run(folder, server.Url, "--dead-letters", letters);
            Assert.Equal((74, 0L), (process.ExitCode, (long)JsonNode.Parse(process.Output)!["sent"]!));
            Assert.Contains("is left alone", process.Errors, StringComparison.Ordinal);
        }

        File.AppendAllText(file, "{\"cut\":");
        process = Run(folder, server.Url, "--dead-letters", file);
        JsonNode summary = JsonNode.Parse(process.Output)!;
        Assert.Equal((74, events, 1L), (process.ExitCode, (long)summary["indexed"]!, (long)summary["unreadable"]!));
        Assert.True(File.Exists(file));
        Assert.Equal(events, server.Locked(server.Cluster.AllDocuments).Count);
    }

    [Fact]
    public async Task Without_a_server_they_stay_and_the_run_says_so()
    {
        using var folder = new TemporaryFolder();
        await using var server = new FakeElasticsearch();
        server.Poisons["event"] = 400;
        Run(folder, server.Url, "-o", "elasticsearch", s_capture);
        server.GoDown();
        ToolProcess process = Run(folder, server.Url, "--dead-letters", Path.Combine(folder.Path, "data", "replay", "dead-letters"), "--wait", "300ms");
        Assert.Equal(69, process.ExitCode);
        Assert.Contains("dead letters did not arrive; they stay where they are", process.Errors, StringComparison.Ordinal);
    }

    private static long Lines(string directory) => Directory.GetFiles(directory).Sum(file => File.ReadLines(file).LongCount());

    private static ToolProcess Run(TemporaryFolder folder, string url, params string[] arguments) => ToolProcess.Appliance(
        ["replay", "--json", "-E", $"output.elasticsearch.hosts=[{url}]", "-E", $"path.data={folder.Combine("data")}", .. arguments], folder: folder.Path);
}
