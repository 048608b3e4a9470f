using Akka.Actor;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Delivery;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>
/// The life of one shard: reads its lane on a thread of its own, one message per few batches, so that other messages get in between. No handler waits; where
/// there is nothing to read or no room to write, it asks to be told. A fault outside of a flow ends it, and its supervisor starts the next.
/// </summary>
internal sealed class ShardActor : UntypedActor
{
    /// <summary>Dispatcher of the actor system that gives each shard its own thread.</summary>
    public const string Dispatcher = "shard-dispatcher";

    private const int BatchesPerMessage = 4;

    private readonly Lane _lane;
    private readonly Shard _shard;
    private readonly LaneReader _reader;
    private readonly EventOutlet _outlet;
    private readonly PipelineCounters _cells;
    private readonly SnapshotBoard _board;
    private readonly Wakeup _wakeup;

    public ShardActor(Lane lane, EventOutlet outlet, Func<Shard> create, PipelineCounters cells, SnapshotBoard board, Action<int>? faultProbe)
    {
        _lane = lane;
        _outlet = outlet;
        _cells = cells;
        _board = board;
        _wakeup = new Wakeup(Self, Pump.Instance);
        _shard = create();
        _reader = new LaneReader(lane, _shard) { OnSnapshot = TakeSnapshot, FaultProbe = faultProbe };
    }

    /// <summary>Told to the supervisor: everything was read and handed over.</summary>
    public sealed record LaneEnded(int Index);

    private sealed class Pump
    {
        public static readonly Pump Instance = new();
    }

    public static Props Props(
        Lane lane, EventOutlet outlet, Func<Shard> create, PipelineCounters cells, SnapshotBoard board, Action<int>? faultProbe) =>
        ActorMaker<ShardActor>.Props(() => new ShardActor(lane, outlet, create, cells, board, faultProbe)).WithDispatcher(Dispatcher);

    protected override void PreStart() => Self.Tell(Pump.Instance);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Pump:
                HandlePump();
                break;
            case Status.Failure failure:
                HandleFailure(failure);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void HandlePump()
    {
        for (int i = 0; i < BatchesPerMessage; i++)
        {
            bool isDrained = _outlet.TryDrain();
            if (!isDrained && (!_outlet.IsLive || (_lane.HasEnded && _lane.InHand is null)))
            {
                _wakeup.When(_outlet.WaitAsync());
                return;
            }

            if (_lane.HasEnded && _lane.InHand is null)
            {
                CopyNamedCounters();
                Context.Parent.Tell(new LaneEnded(_lane.Index));
                return;
            }

            if (!_lane.TryTake())
            {
                // Nothing comes at the moment: what is rendered need not wait for a full batch, unless it would have to wait for the sink anyhow.
                if (isDrained)
                {
                    _shard.Flush();
                }

                _wakeup.When(_lane.WaitAsync());
                return;
            }

            Read();
            _lane.Return();
        }

        Self.Tell(Pump.Instance);
    }

    private void Read()
    {
        try
        {
            _reader.Read();
        }
        catch
        {
            // What is rendered is delivered, whatever becomes of this shard; what is open in it is lost with it.
            _cells.Faulted += _reader.Unaccounted;
            _shard.CountAsLost();
            CopyNamedCounters();
            _shard.Flush();
            throw;
        }
    }

    /// <summary>The mark goes on behind the events that were rendered before it.</summary>
    private void TakeSnapshot(long number, long ahead)
    {
        _shard.Flush();
        _outlet.Mark(number);
        _board.Report(number, _cells, _shard.OpenFlows, ahead);
    }

    private void CopyNamedCounters()
    {
        var named = new NamedCounters();
        _shard.CopyNamedCounters(named);
        _cells.AddNamed(named);
    }

    private static void HandleFailure(Status.Failure failure) =>
        throw new InvalidOperationException("A channel of this shard failed.", failure.Cause);
}
