using System.Text;
using TlsAppliance.Sinks.Elasticsearch;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Sinks.Tests.Elasticsearch;

/// <summary>
/// Scripted faults by a seed, with events that the target can never take among the others, and the books looked at all the while. CI runs ten seeds;
/// <c>TLS_APPLIANCE_SOAK=500</c> runs that many, with 20,000 events each, from the one that <c>TLS_APPLIANCE_SEED</c> names. Every tenth meets a server that falls silent.
/// </summary>
public class SeededFaultTests
{
    private const int SoakEvents = 20_000;
    private const int QuickEvents = 4_000;
    private const int QuickSeeds = 10;

    /// <summary>One event in so many is refused for itself, and one in so many spoils its whole request.</summary>
    private const int RejectedEvery = 997;
    private const int PoisonEvery = 1999;

    /// <summary>One seed in so many meets silence. It alone has a timeout that can end, and its slow answers may be taken for silence, too.</summary>
    private const int SilentSeedEvery = 10;

    /// <summary>One fault in so many of a silent seed is silence: each costs a whole timeout.</summary>
    private const int SilenceEvery = 10;

    private static readonly TimeSpan s_silentTimeout = TimeSpan.FromMilliseconds(500);

    private static readonly BulkFault[] s_faults = [.. Enum.GetValues<BulkFault>().Except([BulkFault.None, BulkFault.Silence])];

    private static int Seeds => Number("TLS_APPLIANCE_SOAK", otherwise: 0);

    private static int FirstSeed => Number("TLS_APPLIANCE_SEED", otherwise: 1);

    [Fact]
    public async Task Whatever_goes_wrong_every_event_arrives_once_and_is_in_one_bucket_at_every_moment()
    {
        int events = Seeds > 0 ? SoakEvents : QuickEvents;
        var met = new HashSet<BulkFault>();
        for (int run = 0; run < Math.Max(Seeds, QuickSeeds); run++)
        {
            await RunAsync(FirstSeed + run, events, met);
        }

        // A script that never ran proves nothing.
        Assert.Empty(s_faults.Except(met));
        Assert.Contains(BulkFault.Silence, met);
    }

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : otherwise;

    private static async Task RunAsync(int seed, int events, HashSet<BulkFault> met)
    {
        var random = new Random(seed);
        double rate = random.NextDouble() * 0.8;
        bool isSilent = seed % SilentSeedEvery == 0;
        await using var server = new FakeElasticsearch { KeepsRequests = false };
        server.Poisons["\"spoils\""] = 400;
        server.Script = (_, request) => Next(random, rate, isSilent, request, met);
        var options = Delivery.QuickOptions with { Workers = random.Next(1, 5), MaximumEvents = random.Next(1, 500), FlushEvents = 1 };
        var queue = new MemoryQueueOptions { Events = random.Next(600, 3200) };
        await using var delivery = new Delivery(
            server, options, new() { Hosts = [server.Url], Timeout = isSilent ? s_silentTimeout : Delivery.NoTimeout, ProxyDisable = true, CompressionLevel = random.Next(0, 3) }, queue, seed: seed);
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
        Assert.True(isSilent || server.NeedlessResends == 0, $"seed {seed}: {server.NeedlessResends} needless resends");
    }

    /// <summary>What no seed has met yet comes first: how many requests a run takes depends on more than the seed.</summary>
    private static BulkFault Next(Random random, double rate, bool isSilent, FakeRequest request, HashSet<BulkFault> met)
    {
        if (isSilent && (met.Add(BulkFault.Silence) || random.NextDouble() < rate / SilenceEvery))
        {
            return BulkFault.Silence;
        }

        if (random.NextDouble() > rate)
        {
            return BulkFault.None;
        }

        BulkFault drawn = s_faults[random.Next(s_faults.Length)];
        BulkFault fault = met.Contains(drawn) ? s_faults.Except(met).FirstOrDefault(drawn) : drawn;
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
        do
        {
            delivery.AssertBalanced();
            looks++;
            Thread.Yield();
        }
        while (!over.IsCancellationRequested);

        return looks;
    }

    private static void AssertUnion(int seed, int events, FakeElasticsearch server, Delivery delivery, DeliveryState state)
    {
        string[] wrong = [.. Enumerable.Range(0, events).Where(number => number % PoisonEvery == 1 || number % RejectedEvery == 1).Select(Delivery.IdOf)];
        string[] letters = [.. delivery.DeadLetters.Letters.Select(letter => letter.Letter.Id.ToString("x32"))];
        Dictionary<string, byte[]> stored = server.Locked(server.Cluster.AllDocuments);
        Assert.Equal(wrong.Order(StringComparer.Ordinal), letters.Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, events).Select(Delivery.IdOf).Except(wrong).Order(StringComparer.Ordinal), stored.Keys.Order(StringComparer.Ordinal));

        // Memory that is used again too soon would put one event's document under another's id.
        Assert.All(stored, document => Assert.Equal(DocumentOf(Delivery.NumberOf(document.Key)), Encoding.UTF8.GetString(document.Value)));
        Assert.Equal((seed, events, (long)events - wrong.Length, (long)wrong.Length), (seed, state.Created, state.Indexed + state.Duplicate, state.DeadLettered));
        Assert.Equal((0, 0), (state.Dropped.Total, state.Pending));
    }
}
