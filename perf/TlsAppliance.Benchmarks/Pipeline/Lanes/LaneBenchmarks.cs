using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Lanes;

namespace TlsAppliance.Benchmarks.Pipeline.Lanes;

/// <summary>Per frame: from the dispatcher's hand into that of a shard, copy included.</summary>
public class LaneBenchmarks
{
    internal const int Frames = 2 * FrameBatch.MaximumEntries;

    private readonly byte[] _frame = SampleFrames.Plain[0];
    private readonly Lane _lane = new(0);
    private readonly Channel<byte[]> _channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Frames) { SingleReader = true });
    private readonly DecodedFrame _decoded;

    public LaneBenchmarks() => FrameDecoder.Decode(_frame, LinkType.Ethernet, ref _decoded);

    /// <summary>Each frame by itself, in an array of its own.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Frames)]
    public long ChannelOfArrays()
    {
        for (int i = 0; i < Frames; i++)
        {
            _channel.Writer.TryWrite(_frame.AsSpan().ToArray());
        }

        long bytes = 0;
        while (_channel.Reader.TryRead(out byte[]? frame))
        {
            bytes += frame.Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public long HandOff()
    {
        CapturedFrame frame = new(_frame, timestamp: 0, _frame.Length, LinkType.Ethernet);
        for (int i = 0; i < Frames; i++)
        {
            _lane.Writers[0].Add(frame, _frame, _decoded, hash: 1);
        }

        _lane.Writers[0].Flush();
        return Take();
    }

    private long Take()
    {
        long bytes = 0;
        while (_lane.TryTake())
        {
            FrameBatch batch = _lane.InHand!;
            for (int entry = 0; entry < batch.Count; entry++)
            {
                bytes += batch.Frame(batch[entry]).Bytes.Length;
            }

            _lane.Return();
        }

        return bytes;
    }
}
