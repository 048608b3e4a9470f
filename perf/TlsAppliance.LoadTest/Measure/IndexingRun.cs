using System.Diagnostics;
using System.Globalization;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Pipeline;
using TlsAppliance.Sinks;
using TlsAppliance.Sinks.DeadLetters;
using TlsAppliance.Sinks.Elasticsearch;
using TlsAppliance.Sinks.Elasticsearch.Bulk;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Elasticsearch.Setup;
using TlsAppliance.Sinks.Files;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>Replays of one capture, pass after pass with addresses of their own, into one target after the other. Queues and requests are those of the product's defaults.</summary>
/// <param name="capture">Its file; read from the page cache, which the first pass fills.</param>
/// <param name="shards">0: one per core.</param>
/// <param name="folder">For queues and files.</param>
/// <param name="nullServer">URL of the server that takes everything at once.</param>
/// <param name="realServer">URL of an Elasticsearch.</param>
internal sealed class IndexingRun(string capture, int shards, string folder, string nullServer, string? realServer)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>A real server goes on with merges when its last answer is there; whoever is measured next must not pay for them.</summary>
    private static readonly TimeSpan s_merges = TimeSpan.FromSeconds(5);
    private static readonly BulkOptions s_bulk = new();

    private int _runs;

    /// <summary>Runs so many passes over the capture.</summary>
    public IndexingCost Run(IndexingTarget target, int passes)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"run-{_runs++}"));
        try
        {
            return target switch
            {
                IndexingTarget.Nothing => Measure(passes, new NullSink(), () => { }),
                IndexingTarget.File => ToFile(passes, path),
                IndexingTarget.MemoryQueue => Through(passes, Memory()),
                IndexingTarget.DiskQueue => Through(passes, Disk(path)),
                IndexingTarget.MemoryQueueNullServer => Index(passes, Memory(), nullServer, "null"),
                IndexingTarget.DiskQueueNullServer => Index(passes, Disk(path), nullServer, "null"),
                _ => IndexForReal(passes, Disk(path)),
            };
        }
        finally
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
    }

    private static MemoryQueue Memory() => new(EventLayout.Classic, new MemoryQueueOptions(), TimeProvider.System);

    /// <summary>One event has gone through it, and its first files are on the disk: what a queue costs once is not asked here, nor is the making of the file.</summary>
    private static DiskQueue Disk(string path)
    {
        DiskQueue queue = DiskQueue.Open(EventLayout.Classic, new DiskQueueOptions { Path = path, WhenFull = FullPolicy.Wait }, TimeProvider.System);
        WarmAsync(queue).GetAwaiter().GetResult();
        return queue;
    }

    private static async Task WarmAsync(DiskQueue queue)
    {
        var batch = new EventBatch(bytes: 16, events: 1);
        "{}"u8.CopyTo(batch.Reserve(2));
        batch.Commit(length: 2, id: UInt128.One, timestamp: 0);
        await queue.AppendAsync(batch, CancellationToken.None).ConfigureAwait(false);
        using QueueRead? read = await queue.ReadAsync(new QueueReadBounds(1, long.MaxValue), CancellationToken.None).ConfigureAwait(false);
        queue.Acknowledge(read!.Events[0].Number);
        await queue.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private IndexingCost ToFile(int passes, string path)
    {
        using var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = Path.Combine(path, "events.ndjson") });
        return Measure(passes, sink, () => { });
    }

    private IndexingCost Through(int passes, EventQueue queue)
    {
        Task reader = Task.Run(() => SettleAsync(queue));
        IndexingCost cost = Measure(passes, new QueueSink(queue), () =>
        {
            queue.CompleteAppending();
            reader.GetAwaiter().GetResult();
        });
        queue.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return cost;
    }

    /// <summary>Reads as a worker does, and settles at once.</summary>
    private static async Task SettleAsync(EventQueue queue)
    {
        bool[] settled = [.. Enumerable.Repeat(true, s_bulk.MaximumEvents)];
        var bounds = new QueueReadBounds(s_bulk.MaximumEvents, s_bulk.MaximumBytes, s_bulk.FlushEvents, s_bulk.FlushTimeout);
        while (await queue.ReadAsync(bounds, CancellationToken.None).ConfigureAwait(false) is { } read)
        {
            using (read)
            {
                queue.Acknowledge(read, settled.AsSpan(0, read.Count));
            }
        }
    }

    private IndexingCost IndexForReal(int passes, EventQueue queue)
    {
        IndexingCost cost = Index(passes, queue, realServer!, string.Create(CultureInfo.InvariantCulture, $"load-{Guid.NewGuid():N}"));
        Thread.Sleep(s_merges);
        return cost;
    }

    private IndexingCost Index(int passes, EventQueue queue, string url, string index)
    {
        IndexNamePattern pattern = IndexNamePattern.Parse(index, new Dictionary<string, string>());
        var client = new ElasticsearchClient(new ElasticsearchOptions { Hosts = [url] }, TimeProvider.System);
        var setup = new IndexSetup(new IndexSetupOptions { Layout = EventLayout.Classic, Index = pattern, Replicas = 0 });
        var sink = new ElasticsearchSink(client, queue, new NoDeadLetters(), pattern, s_bulk, setup, TimeProvider.System, new Random(1));
        IndexingCost cost = Measure(passes, sink, () =>
        {
            if (!sink.DrainAsync(s_patience, CancellationToken.None).AsTask().GetAwaiter().GetResult())
            {
                throw new InvalidOperationException($"{url} does not take all: {sink.State.Problem}");
            }
        });
        sink.DisposeAsync().AsTask().GetAwaiter().GetResult();
        DeliveryState state = sink.State;
        return state.Indexed == state.Created && state.Created == cost.Events
            ? cost
            : throw new InvalidOperationException($"{cost.Events} events, {state.Created} of them to be sent, {state.Indexed} indexed");
    }

    private IndexingCost Measure(int passes, IEventSink sink, Action drain)
    {
        using var source = new LoopedCaptureSource(CaptureInputs.Resolve([capture]), passes);
        var engine = new AppliancePipeline(new PipelineOptions { Shards = shards, UniqueFlows = true }, sink);
        GC.Collect();
        TimeSpan processor = Processor();
        long began = Stopwatch.GetTimestamp();
        engine.Run(source, CancellationToken.None);
        drain();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        return new IndexingCost(engine.Counters.Events, elapsed.TotalSeconds, (Processor() - processor).TotalSeconds);
    }

    private static TimeSpan Processor()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private sealed class QueueSink(IEventQueue queue) : IEventSink
    {
        public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken) => queue.AppendAsync(batch, cancellationToken);

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A refusal ends the measurement: it would not be one of indexing.</summary>
    private sealed class NoDeadLetters : IDeadLetters
    {
        public ValueTask<int> WriteAsync(ReadOnlyMemory<DeadLetter> letters, CancellationToken cancellationToken) =>
            throw new OutputException("dead letters", new IOException($"refused: {letters.Span[0].Reason}"));
    }
}
