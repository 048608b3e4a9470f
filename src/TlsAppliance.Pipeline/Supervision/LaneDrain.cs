using Akka.Actor;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>Stands in for a shard that keeps failing: empties the lane into a counter for a while, so that capture and the other shards do not wait. Then it stops.</summary>
internal sealed class LaneDrain : ReceiveActor
{
    private readonly Lane _lane;
    private readonly ShardHealth _health;
    private readonly TimeSpan _span;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly CancellationTokenSource _stopping = new();

    public LaneDrain(Lane lane, ShardHealth health, TimeSpan span, TimeProvider time)
    {
        (_lane, _health, _span, _time) = (lane, health, span, time);
        _start = time.GetTimestamp();
        Receive<Pump>(_ => HandlePump());
        Receive<Status.Failure>(_ => { });
    }

    private sealed class Pump
    {
        public static readonly Pump Instance = new();
    }

    public static Props Props(Lane lane, ShardHealth health, TimeSpan span, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new LaneDrain(lane, health, span, time));

    protected override void PreStart() => Self.Tell(Pump.Instance);

    protected override void PostStop() => _stopping.Cancel();

    private void HandlePump()
    {
        if (_lane.TryTake())
        {
            bool ended = Drain(_lane.InHand!);
            _lane.Return();
            if (ended)
            {
                Context.Parent.Tell(new ShardActor.LaneEnded(_lane.Index));
                return;
            }
        }

        if (_time.GetElapsedTime(_start) >= _span)
        {
            Context.Stop(Self);
            return;
        }

        _lane.WaitAsync(_stopping.Token).AsTask().PipeTo(Self, success: _ => Pump.Instance);
    }

    /// <summary>True at the end of the input. A segment's end needs nothing: whatever the failed shard held is gone.</summary>
    private bool Drain(FrameBatch batch)
    {
        while (_lane.Cursor < batch.Count)
        {
            ref readonly LaneEntry entry = ref batch[_lane.Cursor++];
            if (entry.Kind == LaneEntryKind.Frame)
            {
                _health.Drained++;
            }
            else if (entry.Kind == LaneEntryKind.EndOfInput)
            {
                return true;
            }
        }

        return false;
    }
}
