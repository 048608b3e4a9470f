using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline;
using TlsAppliance.Sinks;

namespace TlsAppliance.Benchmarks.Pipeline;

/// <summary>Per frame of a small capture with 1,000 sessions: the whole way from the file's bytes to its events, in one thread.</summary>
public class ReplayPipelineBenchmarks
{
    private const int Sessions = 1000;

    private readonly SampleSource _source = new(SampleFrames.Sessions(Sessions));
    private readonly ReplayPipeline _pipeline = new(new PipelineOptions(), new NullSink());
    private DecodedFrame _decoded;

    internal long Events => _pipeline.Counters.Events;

    /// <summary>The file read and its frames decoded, nothing more.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Sessions * SampleFrames.FramesPerSession)]
    public long ReadAndDecode()
    {
        _source.Rewind();
        long bytes = 0;
        while (_source.TryRead(out FrameRun run))
        {
            for (int index = run.Start; index < run.Start + run.Count; index++)
            {
                FrameDecoder.Decode(run.Block[index].Bytes, LinkType.Ethernet, ref _decoded);
                bytes += _decoded.PayloadLength;
            }

            run.Block.Release();
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Sessions * SampleFrames.FramesPerSession)]
    public long Replay()
    {
        _source.Rewind();
        _pipeline.Run(_source, CancellationToken.None);
        return _pipeline.Counters.Frames;
    }
}
