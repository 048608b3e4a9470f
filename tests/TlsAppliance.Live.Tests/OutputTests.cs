using System.Text.Json;
using TlsAppliance.Live.Tests.Wire;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Conversations;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Live.Tests;

/// <summary>Where the sessions of an interface go: to a server that comes and goes, and to files that logrotate takes away.</summary>
public sealed class OutputTests : IDisposable
{
    private const int Sessions = 20;
    private const int InUse = 73;

    private readonly NetworkNamespace _network = NetworkNamespace.Create();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _network.Dispose();
    }

    [Fact]
    public async Task Sessions_are_in_the_index_of_their_day_once_although_the_server_was_away()
    {
        _network.Set("lo", "up");
        await using FakeElasticsearch server = _network.Run(() => new FakeElasticsearch());
        string[] output = ["-o", "elasticsearch", "-E", $"output.elasticsearch.hosts=[{server.Url}]", "-E", $"path.data={_folder.Combine("data")}"];
        DateTime before = DateTime.UtcNow.Date;
        using var run = new Running(_network, _folder, output);
        Send(0);
        AwaitDocuments(server, Sessions);

        server.GoDown();
        Send(1);
        ToolProcess second = ToolProcess.Run("ip", ["netns", "exec", _network.Name, "dotnet", "exec", Running.Dll, "run", "-i", NetworkNamespace.Far, .. output]);
        Assert.Equal(InUse, second.ExitCode);
        _network.Run(server.ComeUp);
        AwaitDocuments(server, 2 * Sessions);

        // What a stop has no time for waits in the queue for the next run, so it comes after the last one here.
        Send(2);
        AwaitDocuments(server, 3 * Sessions);
        JsonElement summary = run.Stop("TERM");
        Assert.Equal(3 * Sessions, summary.GetProperty("events").GetInt64());
        AwaitDocuments(server, 3 * Sessions);
        string[] days = [.. new[] { before, DateTime.UtcNow.Date }.Distinct().Select(day => $"tls-appliance-classic-{day:yyyy.MM.dd}")];
        Assert.All(server.Locked(() => server.Cluster.Indices.Keys.ToArray()), name => Assert.Contains(name, days));
        Assert.Equal(0, server.NeedlessResends);
    }

    [Fact]
    public async Task After_a_hang_up_sessions_go_to_the_server_that_the_configuration_names_then_if_it_answers()
    {
        _network.Set("lo", "up");
        await using FakeElasticsearch first = _network.Run(() => new FakeElasticsearch()), second = _network.Run(() => new FakeElasticsearch());
        string file = _folder.Combine("c.yml");
        File.WriteAllText(file, $"output.elasticsearch.hosts: ['{first.Url}']\n");
        using var run = new Running(_network, _folder, "-c", file, "-E", $"path.data={_folder.Combine("data")}");
        Send(0);
        AwaitDocuments(first, Sessions);

        File.WriteAllText(file, $"output.elasticsearch.hosts: ['{second.Url}']\n");
        second.GoDown();
        run.Signal("HUP");
        run.AwaitError("reload: elasticsearch keeps its connection: ");
        Send(1);
        AwaitDocuments(first, 2 * Sessions);

        _network.Run(second.ComeUp);
        run.Signal("HUP");
        run.AwaitError("reload: elasticsearch is connected anew: ");
        Send(2);
        AwaitDocuments(second, Sessions);
        Assert.Equal(3 * Sessions, run.Stop("TERM").GetProperty("events").GetInt64());
        AwaitDocuments(first, 2 * Sessions);
    }

    [Fact]
    public void A_hang_up_lets_go_of_a_file_that_was_moved_away()
    {
        using var run = new Running(_network, _folder);
        Send(0);
        string file = Assert.Single(Directory.GetFiles(_folder.Path, "*.ndjson"));
        Running.Await(() => Lines(file) == Sessions, () => "the events are not written");

        string moved = _folder.Combine("moved.1");
        File.Move(file, moved);
        run.Signal("HUP");
        Running.Await(() => WasReopened(file), () => "the file was not opened anew");
        run.Stop("TERM");

        Assert.True(Lines(moved) >= Sessions);
        Assert.True(Lines(file) > 0);
        string[] ids = [.. new[] { moved, file }.SelectMany(File.ReadLines).Select(Id)];
        Assert.Equal(_sent * Sessions, ids.Distinct().Count());
        Assert.Equal(_sent * Sessions, ids.Length);
    }

    [Fact]
    public void A_run_that_was_killed_leaves_its_events_and_hinders_no_other()
    {
        string[] arguments = ["-E", $"path.data={_folder.Combine("data")}"];
        using (var killed = new Running(_network, _folder, arguments))
        {
            Send(0);
            string file = Assert.Single(Directory.GetFiles(_folder.Path, "*.ndjson"));
            Running.Await(() => Lines(file) == Sessions, () => "the events are not written");
            killed.Kill();
        }

        using var next = new Running(_network, _folder, arguments);
        Send(1);
        Assert.Equal(Sessions, next.Stop("TERM").GetProperty("events").GetInt64());
        string[] files = Directory.GetFiles(_folder.Path, "*.ndjson");
        Assert.Equal(2, files.Length);
        Assert.Equal(2 * Sessions, files.SelectMany(File.ReadLines).Select(Id).Distinct().Count());
    }

    private int _sent;

    /// <summary>When the signal is heard is the program's affair: sessions go on meanwhile.</summary>
    private bool WasReopened(string file)
    {
        Send(_sent);
        return File.Exists(file);
    }

    private static void AwaitDocuments(FakeElasticsearch server, int count) =>
        Running.Await(() => Count(server) == count, () => $"{Count(server)} of {count} documents");

    private static int Count(FakeElasticsearch server) => server.Locked(() => server.Cluster.AllDocuments().Count);

    private void Send(int group)
    {
        _sent++;
        _network.Send(Enumerable.Range(group * Sessions, Sessions).SelectMany(number =>
            new TcpConversation((ushort)(1024 + number), 443, (uint)number * 7919).Session(number).Build().Select(frame => frame.Bytes)));
    }

    private static int Lines(string file) => File.ReadLines(file).Count();

    private static string Id(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("event").GetProperty("id").GetString()!;
    }
}
