using System.Globalization;
using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Elasticsearch;
using TlsAppliance.Sinks.Elasticsearch.Bulk;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Sinks.Tests.Elasticsearch;

/// <summary>A sink with all that belongs to it, before a double. Its waits are milliseconds, so that a test can go through many of them.</summary>
internal sealed class Delivery : IAsyncDisposable
{
    public const long Day = 86_400_000_000_000;

    /// <summary>2026-11-28.</summary>
    public const long Today = 20_785 * Day;

    /// <summary>Enough for any test here; nobody waits for it but one that fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Never comes to its end by itself: on a busy machine a slow answer would be taken for a lost one.</summary>
    public static readonly TimeSpan NoTimeout = TimeSpan.FromMinutes(10);

    public static readonly BulkOptions QuickOptions = new()
    {
        MaximumEvents = 100,
        FlushEvents = 1,
        BackoffInitial = TimeSpan.FromMilliseconds(1),
        BackoffMaximum = TimeSpan.FromMilliseconds(8),
    };

    public Delivery(FakeElasticsearch server, BulkOptions? options = null, ElasticsearchOptions? client = null, MemoryQueueOptions? queue = null, ITargetPreparation? preparation = null, int seed = 1)
    {
        Client = new ElasticsearchClient(
            client ?? new ElasticsearchOptions { Hosts = [server.Url], Timeout = NoTimeout, ProxyDisable = true }, TimeProvider.System);
        Sink = new ElasticsearchSink(
            Client,
            new MemoryQueue(EventLayout.Classic, queue ?? new MemoryQueueOptions(), TimeProvider.System),
            DeadLetters,
            IndexNamePattern.Parse(IndexNamePattern.Daily, new Dictionary<string, string>()),
            options ?? QuickOptions,
            preparation,
            TimeProvider.System,
            new Random(seed));
    }

    public ElasticsearchClient Client { get; }

    public ElasticsearchSink Sink { get; }

    public ListedDeadLetters DeadLetters { get; } = new();

    public static string IdOf(int number) => ((UInt128)number + 1).ToString("x32");

    public static int NumberOf(string id) => (int)(UInt128.Parse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture) - 1);

    public static EventBatch Batch(int first, int count, Func<int, string>? document = null)
    {
        var batch = new EventBatch(count * 64, count);
        for (int number = first; number < first + count; number++)
        {
            string text = document?.Invoke(number) ?? $$"""{"@timestamp":"2026-11-28T00:00:00.000Z","n":{{number}}}""";
            int length = Encoding.UTF8.GetBytes(text, batch.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));
            batch.Commit(length, (UInt128)number + 1, Today + number);
        }

        return batch;
    }

    public async Task WriteAsync(int first, int count, Func<int, string>? document = null) =>
        await Sink.WriteAsync(Batch(first, count, document), CancellationToken.None);

    /// <summary>Everything written arrives, and the books are right.</summary>
    public async Task<DeliveryState> DrainAsync()
    {
        Assert.True(await Sink.DrainAsync(Patience, CancellationToken.None), Sink.State.ToString());
        AssertBalanced();
        return Sink.State;
    }

    /// <summary>Both invariants hold, now.</summary>
    public void AssertBalanced()
    {
        DeliveryState state = Sink.State;
        Assert.True(state is { EventResidual: 0, QueueResidual: 0, InFlight: >= 0, Spooled: >= 0 }, state.ToString());
        Assert.Equal(
            state.Created + state.Found,
            state.Indexed + state.Duplicate + state.DeadLettered + state.Dropped.Total + state.Spooled + state.InFlight + state.Arriving);
    }

    /// <summary>Looks again and again, without a fixed delay, until it is so.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(1, patience.Token);
        }
    }

    public async ValueTask DisposeAsync() => await Sink.DisposeAsync();
}
