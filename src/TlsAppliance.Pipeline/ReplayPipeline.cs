using System.Buffers.Binary;
using System.Security.Cryptography;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline;

/// <summary>
/// The engine on the reading thread: the same dispatcher, one lane, one shard, no actors. Deterministic to the order of events; when <see cref="Run"/> returns, the sink
/// has been given all of them. May run several sources, one after the other.
/// </summary>
public sealed class ReplayPipeline
{
    private readonly IEventSink _sink;
    private readonly PipelineCounters _cells = new();
    private readonly FrameDispatcher _dispatcher;
    private readonly Lane _lane;
    private readonly LaneReader _reader;
    private CancellationToken _cancellation;

    public ReplayPipeline(PipelineOptions options, IEventSink sink, IFrameRecorder? recorder = null)
    {
        _sink = sink;
        _lane = new Lane(0);
        _lane.Writers[0].WhenFull = ReadLane;
        FlowHash hash = new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        _dispatcher = new FrameDispatcher(options, hash, [_lane.Writers[0]]);
        Shard = new Shard(options, hash, _cells, Deliver, recorder);
        _reader = new LaneReader(_lane, Shard);
    }

    /// <summary>Sum of all cells.</summary>
    public PipelineCounters Counters
    {
        get
        {
            var total = new PipelineCounters();
            _dispatcher.Counters.AddTo(total);
            _cells.AddTo(total);
            return total;
        }
    }

    /// <summary>It takes no snapshots and supervises nothing.</summary>
    public PipelineStatus Status => new(() => Counters, () => null, () => { }, []);

    internal Shard Shard { get; }

    /// <summary>Made for tests: false keeps from the dispatcher which connections are finished, so that the shard sees every frame.</summary>
    internal bool Shunts { get; init; } = true;

    /// <summary>Reads the source to its end (or until cancelled: then no open session is published). Faults of the sink are the caller's.</summary>
    public void Run(ICaptureSource source, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        try
        {
            while (!cancellationToken.IsCancellationRequested && source.TryRead(out FrameRun run))
            {
                _dispatcher.Dispatch(run);
                Advance();
            }

            Finish(cancellationToken.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sink was busy when the user stopped: what it had not taken is not written.
        }

        Shard.CopyNamedCounters(_cells.Named);
        _dispatcher.Fragments.CopyNamedCounters(_cells.Named);
    }

    private void Advance()
    {
        _dispatcher.Flush();
        ReadLane();
    }

    private void ReadLane()
    {
        while (_lane.TryTake())
        {
            _reader.Read();
            if (!Shunts)
            {
                _lane.InHand!.Finished.Clear();
            }

            _lane.Return();
        }
    }

    private void Finish(bool cancelled)
    {
        if (cancelled)
        {
            _cancellation = CancellationToken.None;
            Shard.Flush();
            return;
        }

        _dispatcher.EndSegment();
        Advance();
    }

    /// <summary>A replay waits for its sink.</summary>
    private void Deliver(EventBatch batch)
    {
        int count = batch.Count;
        ValueTask written = _sink.WriteAsync(batch, _cancellation);
        if (!written.IsCompletedSuccessfully)
        {
            written.AsTask().GetAwaiter().GetResult();
        }

        _cells.Delivered += count;
    }
}
