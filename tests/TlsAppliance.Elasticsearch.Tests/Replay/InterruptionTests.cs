using System.Diagnostics;
using System.Text.Json.Nodes;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Elasticsearch.Tests.Replay;

/// <summary>
/// With <c>queue.disk</c>, the appliance is killed, and the server stopped or killed and started again on its data, while events are on their way. In the end
/// each is there once. <c>TLS_APPLIANCE_SOAK=20</c>: so many rounds.
/// </summary>
public class InterruptionTests
{
    private const int Seed = 20261128;
    private const int FewestRounds = 3;

    /// <summary>So often is the appliance killed in its round before it may end.</summary>
    private const int Kills = 3;

    /// <summary>
    /// A capture over and over, each pass with addresses of its own: fewer events than one search gives back. Small batches make many requests to be interrupted.
    /// </summary>
    private static readonly string[] s_load = ["--preload", "--loop", "60", "--unique-flows", RepositoryRoot.Combine("replay-corpus")];

    private static readonly string[] s_settings =
    [
        "-E", "queue.disk.max_size=1GB", "-E", "output.elasticsearch.bulk_max_size=100", "-E", "output.elasticsearch.backoff.max=2s",
    ];

    private enum Interruption
    {
        KillAppliance,
        StopServer,
        KillServer,
    }

    [Fact]
    public async Task Every_event_is_there_once_whatever_is_killed()
    {
        string? absence = ElasticsearchNode.Absence();
        Assert.SkipWhen(absence is not null, absence ?? "");
        await using ElasticsearchNode server = await ElasticsearchNode.StartNewAsync();
        string[] expected = [.. Appliance.Events(s_load).Keys];
        var random = new Random(Seed);
        int[] midway = new int[Enum.GetValues<Interruption>().Length];
        for (int round = 0; round < Rounds(); round++)
        {
            using var appliance = new Appliance(server, $"interrupted-{round}");
            Interruption interruption = (Interruption)(round % midway.Length);
            midway[(int)interruption] += interruption == Interruption.KillAppliance
                ? await KillApplianceAsync(server, appliance, expected.Length, random)
                : await RestartServerAsync(server, appliance, interruption, random.Next(expected.Length / 2));
            Assert.Equal(expected, await IdsAsync(server, appliance));
        }

        // Of many rounds some must have come when a part of the events was there. Of few, on a machine that is slow to look, none may have.
        Assert.InRange(midway.Sum(), Rounds() > FewestRounds ? 1 : 0, int.MaxValue);
        TestContext.Current.SendDiagnosticMessage(
            "{0} rounds of {1} events; midway: {2} kills of the appliance, {3} stops and {4} kills of the server", Rounds(), expected.Length, midway[0], midway[1], midway[2]);
    }

    /// <returns>Kills when some events were there and others were not.</returns>
    private static async Task<int> KillApplianceAsync(ElasticsearchNode server, Appliance appliance, int events, Random random)
    {
        int midway = 0;
        long present = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process running = appliance.Start([.. s_settings, .. s_load]);
            await ReachAsync(server, appliance, running, present + random.NextInt64(events - present));
            running.Kill();
            await running.WaitForExitAsync();
            present = await CountAsync(server, appliance);
            midway += present > 0 && present < events ? 1 : 0;
        }

        (ToolProcess process, JsonNode summary) = appliance.Replay([.. s_settings, .. s_load]);
        Assert.True(process.ExitCode == 0, process.Everything);
        Assert.Equal(0, (long)summary["elasticsearch"]!["dead_lettered"]!);
        return midway;
    }

    /// <returns>1 when some events were there and others were not.</returns>
    private static async Task<int> RestartServerAsync(ElasticsearchNode server, Appliance appliance, Interruption interruption, int after)
    {
        using Process running = appliance.Start([.. s_settings, .. s_load]);
        await ReachAsync(server, appliance, running, after);
        await (interruption == Interruption.StopServer ? server.StopAsync() : server.KillAsync());
        bool isMidway = !running.HasExited;
        await server.StartAsync();
        await running.WaitForExitAsync();
        Assert.Equal(0, running.ExitCode);
        return isMidway ? 1 : 0;
    }

    /// <summary>Until so many events are in the server, or the appliance has ended.</summary>
    private static async Task ReachAsync(ElasticsearchNode server, Appliance appliance, Process running, long events)
    {
        while (!running.HasExited && await CountAsync(server, appliance) < events)
        {
            await Task.Yield();
        }
    }

    /// <summary>0 as long as there is no index, or its shard is not ready.</summary>
    private static async Task<long> CountAsync(ElasticsearchNode server, Appliance appliance)
    {
        await server.SendAsync(HttpMethod.Post, appliance.Indices + "/_refresh");
        return await server.SendAsync(HttpMethod.Get, appliance.Indices + "/_count") is (200, { } body) ? (long)body["count"]! : 0;
    }

    private static async Task<string[]> IdsAsync(ElasticsearchNode server, Appliance appliance)
    {
        await server.AskAsync(HttpMethod.Post, appliance.Indices + "/_refresh");
        JsonNode answer = await server.AskAsync(HttpMethod.Post, appliance.Indices + "/_search?size=10000", """{"_source":false}""");
        return [.. answer["hits"]!["hits"]!.AsArray().Select(hit => (string)hit!["_id"]!).Order(StringComparer.Ordinal)];
    }

    private static int Rounds() => int.TryParse(Environment.GetEnvironmentVariable("TLS_APPLIANCE_SOAK"), out int rounds) ? Math.Max(rounds, FewestRounds) : FewestRounds;
}
