using TlsAppliance.Sinks.Elasticsearch;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Sinks.Tests.Elasticsearch;

/// <summary>
/// Scripted faults by a seed, with events that the target can never take among the others, and the books looked at all the while. CI runs ten seeds;
/// <c>TLS_APPLIANCE_SOAK=500</c> runs that many, with 20,000 events each.
/// </summary>
public class SeededFaultTests
{
    private const int SoakEvents = 20_000;
    private const int QuickEvents = 4_000;
    private const int QuickSeeds = 10;

    /// <summary>One event in so many is refused for itself, and one in so many spoils its whole request.</summary>
    private const int RejectedEvery = 997;
    private const int PoisonEvery = 1999;

    /// <summary>A silent server costs a whole timeout: it is rarer than the others.</summary>
    private const int SilenceEvery = 40;

    /// <summary>Long enough that a busy machine does not make a slow answer a lost one.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private static readonly BulkFault[] s_faults = [.. Enum.GetValues<BulkFault>().Except([BulkFault.None, BulkFault.Silence])];

    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("TLS_APPLIANCE_SOAK"), out int seeds) ? seeds : 0;

    [Fact]
    public async Task Whatever_goes_wrong_every_event_arrives_once_and_is_in_one_bucket_at_every_moment()
    {
        int events = Seeds > 0 ? SoakEvents : QuickEvents;
        var met = new HashSet<BulkFault>();
        for (int seed = 1; seed <= Math.Max(Seeds, QuickSeeds); seed++)
        {
            await RunAsync(seed, events, met);
        }

        // A script that never ran proves nothing.
        Assert.Empty(s_faults.Except(met));
    }

    private static async Task RunAsync(int seed, int events, HashSet<BulkFault> met)
    {
        var random = new Random(seed);
        double rate = random.NextDouble() * 0.8;
        await using var server = new FakeElasticsearch { KeepsRequests = false };
        server.Poisons["\"spoils\""] = 400;
        server.Script = (_, request) => Next(random, rate, request, met);
        var options = Delivery.QuickOptions with { Workers = random.Next(1, 5), MaximumEvents = random.Next(1, 500), FlushEvents = 1 };
        var queue = new MemoryQueueOptions { Events = random.Next(600, 3200) };
        await using var delivery = new Delivery(
            server, options, new() { Hosts = [server.Url], Timeout = s_timeout, ProxyDisable = true, CompressionLevel = random.Next(0, 3) }, queue, seed: seed);
        using var over = new CancellationTokenSource();
        Task<int> watching = Task.Run(() => Watch(delivery, over.Token));

        for (int first = 0; first < events;)
        {
            int count = Math.Min(random.Next(1, 400), events - first);
            await delivery.WriteAsync(first, count, DocumentOf);
            first += count;
        }

        DeliveryState state = await delivery.DrainAsync();
        await over.CancelAsync();
        Assert.True(await watching > 0);
        AssertUnion(seed, events, server, delivery, state);
    }

    private static BulkFault Next(Random random, double rate, FakeRequest request, HashSet<BulkFault> met)
    {
        if (random.NextDouble() > rate)
        {
            return BulkFault.None;
        }

        BulkFault fault = random.Next(s_faults.Length * SilenceEvery) == 0 ? BulkFault.Silence : s_faults[random.Next(s_faults.Length)];
        if (fault is BulkFault.Status400 or BulkFault.Status413 && request.Body.AsSpan().Count((byte)'\n') <= 2)
        {
            // No server refuses a single good event as a whole, and twice: that would be its verdict, and the sink would be right to believe it.
            return BulkFault.None;
        }

        met.Add(fault);
        return fault;
    }

    private static string DocumentOf(int number) =>
        number % PoisonEvery == 1 ? $$"""{"n":{{number}},"spoils":1}"""
        : number % RejectedEvery == 1 ? $$"""{"n":{{number}},"cut":"""
        : $$"""{"n":{{number}}}""";

    /// <summary>How often the books were looked at; each time they had to be right.</summary>
    private static int Watch(Delivery delivery, CancellationToken over)
    {
        int looks = 0;
        while (!over.IsCancellationRequested)
        {
            delivery.AssertBalanced();
            looks++;
            Thread.Yield();
        }

        return looks;
    }

    private static void AssertUnion(int seed, int events, FakeElasticsearch server, Delivery delivery, DeliveryState state)
    {
        string[] wrong = [.. Enumerable.Range(0, events).Where(number => number % PoisonEvery == 1 || number % RejectedEvery == 1).Select(Delivery.IdOf)];
        string[] letters = [.. delivery.DeadLetters.Letters.Select(letter => letter.Letter.Id.ToString("x32"))];
        Dictionary<string, byte[]> stored = server.Locked(server.Cluster.AllDocuments);
        Assert.Equal(wrong.Order(StringComparer.Ordinal), letters.Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, events).Select(Delivery.IdOf).Except(wrong).Order(StringComparer.Ordinal), stored.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((seed, events, (long)events - wrong.Length, (long)wrong.Length), (seed, state.Created, state.Indexed + state.Duplicate, state.DeadLettered));
        Assert.Equal((0, 0), (state.Dropped.Total, state.Pending));
        Assert.Equal(0, server.NeedlessResends);
    }
}
