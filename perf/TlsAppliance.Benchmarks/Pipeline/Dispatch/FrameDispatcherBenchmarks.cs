using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Shards;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Benchmarks.Pipeline.Dispatch;

/// <summary>Per frame: the ordered stage, on to two lanes that are emptied unread.</summary>
public class FrameDispatcherBenchmarks
{
    /// <summary>SYN and SYN-ACK are always read, so they have no part in what is shunted.</summary>
    internal const int FramesAfterOpening = Sessions * (SampleFrames.FramesPerSession - 2);

    private const int Sessions = 36;
    private const int Frames = Sessions * SampleFrames.FramesPerSession;

    private readonly FrameBlock _block = RecordedBlock.Of(SampleFrames.Sessions(Sessions));
    private readonly FrameBlock _afterOpening = RecordedBlock.Of([.. SampleFrames.Sessions(Sessions).Where(frame => !Opens(frame))]);
    private readonly Lane[] _lanes = [new(0), new(1)];
    private readonly Lane[] _shuntedLanes = [new(0), new(1)];
    private readonly FrameDispatcher _dispatcher;
    private readonly FrameDispatcher _shunted;
    private DecodedFrame _decoded;

    public FrameDispatcherBenchmarks()
    {
        FlowHash hash = new(seed: 42);
        PipelineOptions options = new();
        _dispatcher = new FrameDispatcher(options, hash, [.. _lanes.Select(lane => lane.Writers[0])]);
        _shunted = new FrameDispatcher(options, hash, [.. _shuntedLanes.Select(lane => lane.Writers[0])]);
        Shunt(_shunted, _shuntedLanes);
    }

    /// <summary>The part of it that decodes.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Frames)]
    public long DecodeOnly()
    {
        long sum = 0;
        for (int index = 0; index < _block.Count; index++)
        {
            FrameDecoder.Decode(_block[index].Bytes, LinkType.Ethernet, ref _decoded);
            sum += _decoded.PayloadLength;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public long Dispatch() => Dispatch(_block, _dispatcher, _lanes);

    /// <summary>No connection needs more reading.</summary>
    [Benchmark(OperationsPerInvoke = FramesAfterOpening)]
    public long DispatchShunted() => Dispatch(_afterOpening, _shunted, _shuntedLanes);

    private static bool Opens(RecordedFrame frame)
    {
        DecodedFrame decoded = default;
        FrameDecoder.Decode(frame.Bytes, LinkType.Ethernet, ref decoded);
        return (decoded.Flags & TcpFlags.Syn) != 0;
    }

    private static long Dispatch(FrameBlock block, FrameDispatcher dispatcher, Lane[] lanes)
    {
        block.Retain();
        dispatcher.Dispatch(new FrameRun(block, 0, block.Count));
        dispatcher.Flush();
        foreach (Lane lane in lanes)
        {
            while (lane.TryTake())
            {
                lane.Return();
            }
        }

        return dispatcher.Counters.Shunted;
    }

    /// <summary>Says of every frame that its connection is finished; the dispatcher hears of it when it reuses the batches, one round later.</summary>
    private void Shunt(FrameDispatcher dispatcher, Lane[] lanes)
    {
        _block.Retain();
        dispatcher.Dispatch(new FrameRun(_block, 0, _block.Count));
        dispatcher.Flush();
        foreach (Lane lane in lanes)
        {
            while (lane.TryTake())
            {
                FrameBatch batch = lane.InHand!;
                for (int entry = 0; entry < batch.Count; entry++)
                {
                    AddFinished(batch, batch[entry]);
                }

                lane.Return();
            }
        }

        for (int batch = 0; batch < Lane.Batches; batch++)
        {
            Dispatch(_afterOpening, dispatcher, lanes);
        }
    }

    private static void AddFinished(FrameBatch batch, in LaneEntry entry)
    {
        if (entry.Kind == LaneEntryKind.Frame)
        {
            batch.Finished.Add(new FinishedFlow(entry.Hash, 1000, OpeningKind.Syn, entry.Timestamp));
        }
    }
}
