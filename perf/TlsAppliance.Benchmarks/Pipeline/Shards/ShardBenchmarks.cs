using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Shards;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Benchmarks.Pipeline.Shards;

/// <summary>Per session of 13 frames, from its SYN to its event, in a shard that has been running for a while.</summary>
public class ShardBenchmarks
{
    private const int Sessions = 64;

    /// <summary>Longer than any flow is remembered, so that each pass has new connections.</summary>
    private const long PassTime = 600_000_000_000;

    private readonly FrameBlock _block = RecordedBlock.Of(SampleFrames.Sessions(Sessions));
    private readonly DecodedFrame[] _decoded;
    private readonly PipelineCounters _counters = new();
    private readonly Shard _shard;
    private readonly Yardstick _yardstick = new(SampleFrames.Sessions(Sessions).Select(frame => frame.Bytes));
    private long _passes;

    public ShardBenchmarks()
    {
        _decoded = new DecodedFrame[_block.Count];
        for (int index = 0; index < _block.Count; index++)
        {
            FrameDecoder.Decode(_block[index].Bytes, LinkType.Ethernet, ref _decoded[index]);
        }

        _shard = new Shard(new PipelineOptions(), new FlowHash(seed: 42), _counters, Complete);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Sessions)]
    public long Copy() => _yardstick.Copy();

    [Benchmark(OperationsPerInvoke = Sessions)]
    public long Session()
    {
        long shift = _passes++ * PassTime;
        _shard.Tick(_block.Records[0].Timestamp + shift);
        for (int index = 0; index < _decoded.Length; index++)
        {
            CapturedFrame frame = _block[index];
            ref readonly DecodedFrame decoded = ref _decoded[index];
            CapturedFrame later = new(frame.Bytes, frame.Timestamp + shift, frame.WireLength, frame.LinkType);
            _shard.Process(later, decoded, frame.Bytes.Slice(decoded.PayloadOffset, decoded.PayloadLength));
        }

        _shard.Flush();
        return _counters.Events;
    }

    private static void Complete(EventBatch batch) => batch.Complete();
}
