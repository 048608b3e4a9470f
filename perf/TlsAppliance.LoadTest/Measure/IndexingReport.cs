using System.Globalization;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>The indexing measurements of all loads as Markdown.</summary>
internal sealed class IndexingReport(TextWriter output)
{
    /// <summary>Null server to real one, at least.</summary>
    private const double LeastRatio = 5;

    /// <summary>Of a replay's throughput, at most.</summary>
    private const double LargestShare = 0.15;

    private static readonly Dictionary<IndexingTarget, string> s_names = new()
    {
        [IndexingTarget.Nothing] = "nothing: rendered and thrown away",
        [IndexingTarget.File] = "a file, as `-o file`",
        [IndexingTarget.MemoryQueue] = "`queue.mem`, settled at once",
        [IndexingTarget.DiskQueue] = "`queue.disk`, settled at once",
        [IndexingTarget.MemoryQueueNullServer] = "`queue.mem`, bulk requests, null server",
        [IndexingTarget.DiskQueueNullServer] = "`queue.disk`, bulk requests, null server",
        [IndexingTarget.Elasticsearch] = "`queue.disk`, bulk requests, Elasticsearch",
    };

    public void Write(IReadOnlyList<IndexingMeasurement> loads, string? real, int rounds, int shards)
    {
        var queue = new DiskQueueOptions { Path = "" };
        Line($"# Queue and bulk requests");
        Line($"");
        Line($"`perf/TlsAppliance.LoadTest index` at commit {BuiltCommit.Short}: {rounds} interleaved rounds, medians; warm engine, {(shards == 0 ? "one shard per core" : $"{shards} shards")}, {Environment.ProcessorCount} cores.");
        Line($"Events go through the product's own classes with their defaults: one worker, 1,600 events and 10 MiB a request, gzip 1, `queue.disk.sync.interval` {queue.SyncInterval.TotalMilliseconds:0} ms.");
        Line($"The null server is a process of its own that unpacks and counts{(real is null ? "." : $"; the real one is {Version(real)}, on the same machine, and gets the same requests.")}");
        Line($"");
        foreach (IndexingMeasurement load in loads)
        {
            Write(load, hasReal: real is not null);
        }
    }

    private void Write(IndexingMeasurement load, bool hasReal)
    {
        Line($"## {load.Name}");
        Line($"");
        Line($"| events go to | events/s | of nothing | CPU µs per event | events a round |");
        Line($"|---|---:|---:|---:|---:|");
        foreach (IndexingTarget target in load.Targets)
        {
            Line($"| {s_names[target]} | {load.Rate(target):N0} | {OfNothing(load, target)} | {load.Cpu(target):0.0} | {load.Rounds(target)[0].Events:N0} |");
        }

        Line($"");
        Share("memory queue", load, IndexingTarget.MemoryQueue, IndexingTarget.File, "a replay that writes a file");
        Share("disk queue", load, IndexingTarget.DiskQueue, IndexingTarget.File, "a replay that writes a file");
        Share("disk queue", load, IndexingTarget.DiskQueueNullServer, IndexingTarget.MemoryQueueNullServer, "a replay that indexes through the one in memory");
        if (hasReal && load.Targets.Contains(IndexingTarget.DiskQueueNullServer) && load.Targets.Contains(IndexingTarget.Elasticsearch))
        {
            double ratio = load.Ratio(IndexingTarget.DiskQueueNullServer, IndexingTarget.Elasticsearch);
            Line($"* Rendering, queue and bulk requests sustain {ratio:0.0} times what Elasticsearch accepts (at least {LeastRatio:0}): {(ratio >= LeastRatio ? "holds" : "**missed**")}.");
        }

        Line($"");
    }

    private static string OfNothing(IndexingMeasurement load, IndexingTarget target) =>
        load.Targets.Contains(IndexingTarget.Nothing) ? load.Ratio(target, IndexingTarget.Nothing).ToString("0.000", CultureInfo.InvariantCulture) : "";

    private void Share(string what, IndexingMeasurement load, IndexingTarget target, IndexingTarget without, string of)
    {
        if (!load.Targets.Contains(target) || !load.Targets.Contains(without))
        {
            return;
        }

        double share = 1 - load.Ratio(target, without);
        Line($"* The {what} costs {share:P1} of the throughput of {of} (at most {LargestShare:P0}): {(share <= LargestShare ? "holds" : "**missed**")}.");
    }

    private static string Version(string url)
    {
        using var client = new ElasticsearchClient(new ElasticsearchOptions { Hosts = [url] }, TimeProvider.System);
        ServerInfo info = client.GetInfoAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return $"{info.Product} {info.Version}";
    }

    private void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
