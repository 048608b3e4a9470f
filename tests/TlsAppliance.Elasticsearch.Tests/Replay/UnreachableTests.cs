using System.Text.Json.Nodes;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Elasticsearch.Tests.Replay;

/// <summary>No server there: what the program says, and what is left where. Needs no server.</summary>
public class UnreachableTests
{
    /// <summary>Longer than a label of a name may be: the resolver knows without asking the network.</summary>
    private const string NoName = "nobody-nobody-nobody-nobody-nobody-nobody-nobody-nobody-nobody-nobody.invalid";

    private static readonly string s_capture = RepositoryRoot.Combine("replay-corpus", "vlan");

    [Fact]
    public async Task A_replay_gives_up_after_the_wait_and_says_what_is_left()
    {
        using var folder = new TemporaryFolder();
        await using FakeElasticsearch nobody = Nobody();
        ToolProcess process = Run(folder, nobody.Url, "--wait", "300ms");
        Assert.Equal(69, process.ExitCode);
        Assert.Contains("did not arrive", process.Errors, StringComparison.Ordinal);
        Assert.Contains("replay the capture again", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_full_queue_it_gives_up_in_the_midst_of_the_capture()
    {
        using var folder = new TemporaryFolder();
        await using FakeElasticsearch nobody = Nobody();
        ToolProcess process = Run(folder, nobody.Url, "--wait", "300ms", "-E", "queue.mem.events=32", "--loop", "1000", "--unique-flows", "--preload");
        Assert.Equal(69, process.ExitCode);
    }

    [Fact]
    public async Task What_is_left_in_a_disk_queue_is_delivered_by_the_next_run()
    {
        using var folder = new TemporaryFolder();
        await using var server = new FakeElasticsearch();
        server.GoDown();
        ToolProcess process = Run(folder, server.Url, "--wait", "300ms", "-E", "queue.disk.max_size=100MB");
        Assert.Equal(69, process.ExitCode);
        Assert.Contains(Path.Combine("data", "replay", "diskqueue"), process.Errors, StringComparison.Ordinal);

        server.ComeUp();
        process = Run(folder, server.Url, "--json", "--wait", "5m", "-E", "queue.disk.max_size=100MB");
        JsonNode summary = JsonNode.Parse(process.Output)!;
        long events = (long)summary["events"]!;
        Assert.Equal((0, events, events, events), (process.ExitCode, (long)summary["elasticsearch"]!["found"]!, (long)summary["elasticsearch"]!["indexed"]!, (long)summary["elasticsearch"]!["duplicate"]!));
    }

    [Fact]
    public async Task A_queue_in_another_place_has_one_owner_too()
    {
        using var folder = new TemporaryFolder();
        await using var server = new FakeElasticsearch();
        using Sinks.DataDirectory held = Sinks.DataDirectory.Take(folder.Combine("elsewhere"), "replay");
        ToolProcess process = Run(folder, server.Url, "-E", $"queue.disk.path={folder.Combine("elsewhere")}");
        Assert.Equal(73, process.ExitCode);
        Assert.Contains("is in use by process", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_output_tells_in_one_line_what_is_wrong()
    {
        await using FakeElasticsearch nobody = Nobody();
        string url = nobody.Url;
        ToolProcess process = ToolProcess.Appliance(["test", "output", "-E", $"output.elasticsearch.hosts=[{url}]"]);
        Assert.Equal((69, $"tls-appliance: {url}: cannot connect: Connection refused\n"), (process.ExitCode, process.Errors));
        process = ToolProcess.Appliance(["test", "output", "--json", "-E", $"output.elasticsearch.hosts=[{url}, {NoName}]"]);
        string?[] failures = [.. process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string?)JsonNode.Parse(line)!["failure"])];
        Assert.Equal(["connection", "name"], failures);
    }

    private static ToolProcess Run(TemporaryFolder folder, string url, params string[] arguments) => ToolProcess.Appliance(
        ["replay", "-o", "elasticsearch", "-E", $"output.elasticsearch.hosts=[{url}]", "-E", $"path.data={folder.Combine("data")}", .. arguments, s_capture], folder: folder.Path);

    /// <summary>An address where nobody listens, as long as this is held.</summary>
    private static FakeElasticsearch Nobody()
    {
        var server = new FakeElasticsearch();
        server.GoDown();
        return server;
    }
}
