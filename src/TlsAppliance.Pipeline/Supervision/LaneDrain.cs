using Akka.Actor;
using TlsAppliance.Pipeline.Delivery;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>Stands in for a shard that keeps failing: empties the lane into a counter for a while, so that capture and the other shards do not wait. Then it stops.</summary>
internal sealed class LaneDrain : UntypedActor
{
    private readonly Lane _lane;
    private readonly ShardHealth _health;
    private readonly EventOutlet _outlet;
    private readonly PipelineCounters _cells;
    private readonly SnapshotBoard _board;
    private readonly TimeSpan _span;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Wakeup _wakeup;

    public LaneDrain(
        Lane lane, ShardHealth health, EventOutlet outlet, PipelineCounters cells, SnapshotBoard board, TimeSpan span, TimeProvider time)
    {
        (_lane, _health, _outlet, _cells, _board, _span, _time) = (lane, health, outlet, cells, board, span, time);
        _start = time.GetTimestamp();
        _wakeup = new Wakeup(Self, Pump.Instance);
    }

    private sealed class Pump
    {
        public static readonly Pump Instance = new();
    }

    public static Props Props(
        Lane lane, ShardHealth health, EventOutlet outlet, PipelineCounters cells, SnapshotBoard board, TimeSpan span, TimeProvider time) =>
        ActorMaker<LaneDrain>.Props(() => new LaneDrain(lane, health, outlet, cells, board, span, time));

    protected override void PreStart() => Self.Tell(Pump.Instance);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Pump:
                HandlePump();
                break;
            case Status.Failure:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void HandlePump()
    {
        if (!_outlet.TryDrain())
        {
            _wakeup.When(_outlet.WaitAsync());
            return;
        }

        if (_lane.HasEnded && _lane.InHand is null)
        {
            Context.Parent.Tell(new ShardActor.LaneEnded(_lane.Index));
            return;
        }

        if (!_lane.HasEnded && _time.GetElapsedTime(_start) >= _span)
        {
            Context.Stop(Self);
            return;
        }

        if (!_lane.TryTake())
        {
            _wakeup.When(_lane.WaitAsync());
            return;
        }

        Drain(_lane.InHand!);
        _lane.Return();
        Self.Tell(Pump.Instance);
    }

    private void Drain(FrameBatch batch)
    {
        while (_lane.Cursor < batch.Count)
        {
            ref readonly LaneEntry entry = ref batch[_lane.Cursor++];
            if (entry.Kind == LaneEntryKind.Frame)
            {
                _cells.Drained++;
                _health.Drained++;
                _lane.Confluence.CountFrame(batch.Writer);
                continue;
            }

            DrainMark(entry, batch.Writer);
        }
    }

    /// <summary>Ticks and the end of a segment need nothing: whatever the failed shard held is gone.</summary>
    private void DrainMark(in LaneEntry mark, int writer)
    {
        if (mark.Kind == LaneEntryKind.Tick)
        {
            _lane.Confluence.MoveTime(writer, mark.Timestamp);
        }
        else if (!_lane.Confluence.Arrive(writer, mark.Kind, mark.Timestamp, out long ahead))
        {
            return;
        }
        else if (mark.Kind == LaneEntryKind.Snapshot)
        {
            _outlet.Mark(mark.Timestamp);
            _board.Report(mark.Timestamp, _cells, openFlows: 0, ahead);
        }
        else if (mark.Kind == LaneEntryKind.EndOfInput)
        {
            _lane.HasEnded = true;
        }
    }
}
