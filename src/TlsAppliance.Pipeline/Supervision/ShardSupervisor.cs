using System.Globalization;
using Akka.Actor;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>
/// Parent of all shards. A shard that fails is stopped, its lane and what it had rendered stay, and after a wait a new one goes on with the rest of the batch. One that
/// keeps failing gives way to a drain that empties the lane into a counter until the shard is tried again. Nothing here ends for good.
/// </summary>
internal sealed class ShardSupervisor : UntypedActor, IWithTimers
{
    private readonly Func<int, Props> _shard;
    private readonly Func<int, Props> _drain;
    private readonly RestartPolicy _policy;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _ended;
    private readonly ShardHealth[] _health;
    private int _running;

    /// <param name="shard">Makes the shard of a lane.</param>
    /// <param name="drain">Makes what stands in for it.</param>
    /// <param name="policy">When a failed shard is started again.</param>
    /// <param name="time">Tells how long a shard has run.</param>
    /// <param name="health">One per lane.</param>
    /// <param name="ended">Set when all lanes are at their end.</param>
    public ShardSupervisor(
        Func<int, Props> shard, Func<int, Props> drain, RestartPolicy policy, TimeProvider time, ShardHealth[] health, TaskCompletionSource ended)
    {
        (_shard, _drain, _policy, _time, _health, _ended) = (shard, drain, policy, time, health, ended);
        _running = health.Length;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record Start(int Index);

    public static Props Props(
        Func<int, Props> shard, Func<int, Props> drain, RestartPolicy policy, TimeProvider time, ShardHealth[] health, TaskCompletionSource ended) =>
        ActorMaker<ShardSupervisor>.Props(() => new ShardSupervisor(shard, drain, policy, time, health, ended));

    /// <summary>
    /// The decider: whatever a shard or a drain throws, also in its constructor, stops that one child. Restarting is decided in <see cref="HandleTerminated"/>, because
    /// it needs a wait.
    /// </summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PreStart()
    {
        for (int index = 0; index < _health.Length; index++)
        {
            StartShard(index);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ShardActor.LaneEnded ended:
                HandleEnded(ended);
                break;
            case Terminated terminated:
                HandleTerminated(terminated);
                break;
            case Start start:
                StartShard(start.Index);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void StartShard(int index)
    {
        _health[index].IsDraining = false;
        StartChild(index, _shard(index));
    }

    private void StartDrain(int index)
    {
        _health[index].IsDraining = true;
        StartChild(index, _drain(index));
    }

    private void StartChild(int index, Props props)
    {
        ShardHealth health = _health[index];
        health.Incarnation++;
        health.IsInBackoff = false;
        health.Started = _time.GetTimestamp();
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
        int index = int.Parse(terminated.ActorRef.Path.Name.Split('-')[1], CultureInfo.InvariantCulture);
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

        health.Failures++;
        health.FailuresInARow = _time.GetElapsedTime(health.Started) < _policy.Forgiven ? health.FailuresInARow + 1 : 1;
        if (health.FailuresInARow >= _policy.FailuresToDrain)
        {
            StartDrain(index);
            return;
        }

        health.IsInBackoff = true;
        Timers.StartSingleTimer(index, new Start(index), _policy.Wait(health.FailuresInARow, Random.Shared.NextDouble()));
    }
}
