using Akka.Actor;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>
/// Parent of all shards. A shard that fails is stopped, its lane and what it had rendered stay, and after a wait a new one goes on with the rest of the batch. One that
/// keeps failing gives way to a drain that empties the lane into a counter until the shard is tried again. Nothing here ends for good.
/// </summary>
internal sealed class ShardSupervisor : ReceiveActor, IWithTimers
{
    private readonly Lane[] _lanes;
    private readonly Func<Lane, Props> _shard;
    private readonly RestartPolicy _policy;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _ended;
    private readonly ShardHealth[] _health;
    private int _running;

    public ShardSupervisor(
        Lane[] lanes, Func<Lane, Props> shard, RestartPolicy policy, TimeProvider time, ShardHealth[] health, TaskCompletionSource ended)
    {
        (_lanes, _shard, _policy, _time, _health, _ended) = (lanes, shard, policy, time, health, ended);
        _running = lanes.Length;
        Receive<ShardActor.LaneEnded>(HandleEnded);
        Receive<Terminated>(HandleTerminated);
        Receive<Start>(start => StartShard(start.Index));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record Start(int Index);

    public static Props Props(
        Lane[] lanes, Func<Lane, Props> shard, RestartPolicy policy, TimeProvider time, ShardHealth[] health, TaskCompletionSource ended) =>
        Akka.Actor.Props.Create(() => new ShardSupervisor(lanes, shard, policy, time, health, ended));

    /// <summary>
    /// The decider: whatever a shard or a drain throws, also in its constructor, stops that one child. Restarting is decided in <see cref="HandleTerminated"/>, because
    /// it needs a wait.
    /// </summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PreStart()
    {
        for (int index = 0; index < _lanes.Length; index++)
        {
            StartShard(index);
        }
    }

    private void StartShard(int index)
    {
        ShardHealth health = _health[index];
        health.Incarnation++;
        bool drains = health.FailuresInARow >= _policy.FailuresToDrain && !health.IsDraining;
        health.IsDraining = drains;
        Props props = drains ? LaneDrain.Props(_lanes[index], health, _policy.LongestWait, _time) : _shard(_lanes[index]);
        Context.Watch(Context.ActorOf(props, FormattableString.Invariant($"shard-{index}-{health.Incarnation}")));
    }

    private void HandleEnded(ShardActor.LaneEnded ended)
    {
        _health[ended.Index].HasEnded = true;
        if (--_running == 0)
        {
            _ended.TrySetResult();
        }
    }

    private void HandleTerminated(Terminated terminated)
    {
        int index = int.Parse(terminated.ActorRef.Path.Name.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
        ShardHealth health = _health[index];
        if (health.HasEnded)
        {
            return;
        }

        if (health.IsDraining)
        {
            // The drain has had its time: the shard gets another chance.
            StartShard(index);
            return;
        }

        long now = _time.GetTimestamp();
        health.FailuresInARow = health.LastFailure != 0 && _time.GetElapsedTime(health.LastFailure, now) < _policy.Forgiven ? health.FailuresInARow + 1 : 1;
        health.LastFailure = now;
        health.Failures++;
        Timers.StartSingleTimer(index, new Start(index), _policy.Wait(health.FailuresInARow, Random.Shared.NextDouble()));
    }
}
