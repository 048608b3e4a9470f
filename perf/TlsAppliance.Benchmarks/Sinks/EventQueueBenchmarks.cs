using BenchmarkDotNet.Attributes;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Files;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Benchmarks.Sinks;

/// <summary>Per event of 2,500 bytes, the mean of the office mix: into a queue, out of it again and acknowledged, in reads of the size of a bulk request.</summary>
public class EventQueueBenchmarks : IDisposable
{
    private const int EventsPerBatch = 400;
    private const int DocumentBytes = 2500;

    private static readonly QueueReadBounds s_bulk = new(1600, 10_000_000);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");
    private readonly bool[] _settled = [.. Enumerable.Repeat(true, EventsPerBatch)];
    private readonly EventBatch _batch = new(2 * EventsPerBatch * DocumentBytes, EventsPerBatch);
    private readonly NdjsonFileSink _file;
    private readonly MemoryQueue _memory = new(EventLayout.Classic, new MemoryQueueOptions(), TimeProvider.System);
    private readonly DiskQueue _disk;

    public EventQueueBenchmarks()
    {
        _file = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = Path.Combine(_directory.FullName, "events.ndjson"), RotateBytes = 64 << 20, KeptFiles = 2 });
        _disk = DiskQueue.Open(EventLayout.Classic, new DiskQueueOptions { Path = Path.Combine(_directory.FullName, "queue") }, TimeProvider.System);
        for (int i = 0; i < EventsPerBatch; i++)
        {
            _batch.Reserve(DocumentBytes)[..DocumentBytes].Fill((byte)'x');
            _batch.Commit(DocumentBytes, (UInt128)i, i);
        }
    }

    /// <summary>What <c>-o file</c> does.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = EventsPerBatch)]
    public long NdjsonFile()
    {
        _file.WriteAsync(_batch, default).AsTask().GetAwaiter().GetResult();
        return _file.Counters.Events;
    }

    [Benchmark(OperationsPerInvoke = EventsPerBatch)]
    public long Memory() => Turn(_memory);

    [Benchmark(OperationsPerInvoke = EventsPerBatch)]
    public long Disk() => Turn(_disk);

    public void Dispose()
    {
        _file.Dispose();
        _disk.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private long Turn(EventQueue queue)
    {
        queue.AppendAsync(_batch, default).AsTask().GetAwaiter().GetResult();
        using QueueRead read = queue.ReadAsync(s_bulk, default).AsTask().GetAwaiter().GetResult()!;
        queue.Acknowledge(read, _settled.AsSpan(0, read.Count));
        return read.Bytes;
    }
}
