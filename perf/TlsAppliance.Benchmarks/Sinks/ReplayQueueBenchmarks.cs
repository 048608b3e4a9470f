using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Events;
using TlsAppliance.Pipeline;
using TlsAppliance.Sinks;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Benchmarks.Sinks;

/// <summary>
/// Per frame of a capture that is nothing but handshakes, 1,000 sessions: a replay that throws its events away, and one whose events go through a queue to a
/// reader on a thread of its own that acknowledges them at once, until it has them all. The difference is what a queue costs a replay at worst.
/// </summary>
public class ReplayQueueBenchmarks : IDisposable
{
    private const int Sessions = 1000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");
    private readonly SampleSource _source = new(SampleFrames.Sessions(Sessions));
    private readonly ReplayPipeline _straight = new(new PipelineOptions(), new NullSink());
    private readonly DrainedQueue _memory;
    private readonly DrainedQueue _disk;
    private readonly ReplayPipeline _throughMemory;
    private readonly ReplayPipeline _throughDisk;

    public ReplayQueueBenchmarks()
    {
        _memory = new DrainedQueue(new MemoryQueue(EventLayout.Classic, new MemoryQueueOptions(), TimeProvider.System));
        _disk = new DrainedQueue(DiskQueue.Open(
            EventLayout.Classic, new DiskQueueOptions { Path = _directory.FullName, WhenFull = FullPolicy.Wait }, TimeProvider.System));
        _throughMemory = new ReplayPipeline(new PipelineOptions(), _memory);
        _throughDisk = new ReplayPipeline(new PipelineOptions(), _disk);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Sessions * SampleFrames.FramesPerSession)]
    public long Straight() => Run(_straight);

    [Benchmark(OperationsPerInvoke = Sessions * SampleFrames.FramesPerSession)]
    public long ThroughMemory() => Run(_throughMemory, _memory);

    [Benchmark(OperationsPerInvoke = Sessions * SampleFrames.FramesPerSession)]
    public long ThroughDisk() => Run(_throughDisk, _disk);

    public void Dispose()
    {
        _memory.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _disk.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private long Run(ReplayPipeline pipeline, DrainedQueue queue)
    {
        long frames = Run(pipeline);
        queue.WaitUntilRead();
        return frames;
    }

    private long Run(ReplayPipeline pipeline)
    {
        _source.Rewind();
        pipeline.Run(_source, CancellationToken.None);
        return pipeline.Counters.Frames;
    }
}
