using System.Globalization;
using Akka.Actor;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Capture;

/// <summary>
/// Parent of all captures. One that fails is opened again after a wait, without end; meanwhile its feed lets time pass, so that timeouts and snapshots do not wait for a cable. When
/// the captures are stopped and all of them have drained, the feeds end, and the shards behind them.
/// </summary>
internal sealed class CaptureSupervisor : UntypedActor, IWithTimers
{
    /// <summary>A feed without a source is looked after this often.</summary>
    private static readonly TimeSpan RestInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Losses are estimated per interval of this length.</summary>
    private static readonly TimeSpan LossInterval = TimeSpan.FromSeconds(10);

    private readonly CaptureFeed[] _feeds;
    private readonly Func<bool> _isStopped;
    private readonly RestartPolicy _policy;
    private readonly TimeProvider _time;
    private readonly LossEstimate _loss;
    private readonly TaskCompletionSource _ended;
    private readonly bool[] _isRunning;
    private int _notEnded;

    /// <param name="feeds">One per capture.</param>
    /// <param name="isStopped">True once the captures shall end.</param>
    /// <param name="policy">When a failed capture is opened again.</param>
    /// <param name="time">Tells how long one was up or down.</param>
    /// <param name="loss">Told when an interval is over.</param>
    /// <param name="ended">Set when all have drained.</param>
    public CaptureSupervisor(CaptureFeed[] feeds, Func<bool> isStopped, RestartPolicy policy, TimeProvider time, LossEstimate loss, TaskCompletionSource ended)
    {
        (_feeds, _isStopped, _policy, _time, _loss, _ended) = (feeds, isStopped, policy, time, loss, ended);
        _isRunning = new bool[feeds.Length];
        _notEnded = feeds.Length;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record Start(int Index);

    private sealed class Rest
    {
        public static readonly Rest Instance = new();
    }

    public static Props Props(CaptureFeed[] feeds, Func<bool> isStopped, RestartPolicy policy, TimeProvider time, LossEstimate loss, TaskCompletionSource ended) =>
        ActorMaker<CaptureSupervisor>.Props(() => new CaptureSupervisor(feeds, isStopped, policy, time, loss, ended));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(_loss, _loss, LossInterval);
        for (int index = 0; index < _feeds.Length; index++)
        {
            _feeds[index].Health.Since = _time.GetTimestamp();
            StartCapture(index);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CaptureActor.Opened opened:
                HandleOpened(opened);
                break;
            case CaptureActor.Failed failed:
                _feeds[failed.Index].Health.Failure = failed.Reason;
                break;
            case CaptureActor.Drained drained:
                EndOf(drained.Index);
                break;
            case Terminated terminated:
                HandleTerminated(terminated);
                break;
            case Start start:
                StartCapture(start.Index);
                break;
            case Rest:
                HandleRest();
                break;
            case LossEstimate estimate:
                estimate.EndInterval();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void StartCapture(int index)
    {
        if (_feeds[index].Health.HasEnded)
        {
            return;
        }

        CaptureHealth health = _feeds[index].Health;
        health.Incarnation++;
        _isRunning[index] = true;
        string name = FormattableString.Invariant($"capture-{index}-{health.Incarnation}");
        Context.Watch(Context.ActorOf(CaptureActor.Props(_feeds[index], index, _isStopped), name));
    }

    private void HandleOpened(CaptureActor.Opened opened)
    {
        CaptureHealth health = _feeds[opened.Index].Health;
        if (health.Failure is not null)
        {
            health.Down += _time.GetElapsedTime(health.Since);
            health.Failure = null;
        }

        health.Since = _time.GetTimestamp();
    }

    private void HandleTerminated(Terminated terminated)
    {
        int index = int.Parse(terminated.ActorRef.Path.Name.Split('-')[1], CultureInfo.InvariantCulture);
        CaptureHealth health = _feeds[index].Health;
        _isRunning[index] = false;
        if (health.HasEnded)
        {
            EndFeedsIfLast();
            return;
        }

        health.Failures++;
        bool wasUp = health.FailuresInARow == 0 || health.Failure is null;
        health.Failure ??= "the capture failed";
        TimeSpan lived = _time.GetElapsedTime(health.Since);
        health.FailuresInARow = wasUp && lived >= _policy.Forgiven ? 1 : health.FailuresInARow + 1;
        if (wasUp)
        {
            health.Since = _time.GetTimestamp();
        }

        Timers.StartSingleTimer(index, new Start(index), _policy.Wait(health.FailuresInARow, Random.Shared.NextDouble()));
        RestLater();
    }

    /// <summary>Not put off when one after the other fails.</summary>
    private void RestLater()
    {
        if (!Timers.IsTimerActive(Rest.Instance))
        {
            Timers.StartSingleTimer(Rest.Instance, Rest.Instance, RestInterval);
        }
    }

    private void HandleRest()
    {
        if (_isRunning.Contains(false))
        {
            RestLater();
        }

        for (int index = 0; index < _feeds.Length; index++)
        {
            if (_isRunning[index] || _feeds[index].Health.HasEnded)
            {
                continue;
            }

            _feeds[index].Rest();
            if (_isStopped())
            {
                EndOf(index);
                EndFeedsIfLast();
            }
        }
    }

    private void EndOf(int index)
    {
        _feeds[index].Health.HasEnded = true;
        _notEnded--;
    }

    /// <summary>A feed is used here only when its actor is gone.</summary>
    private void EndFeedsIfLast()
    {
        if (_notEnded == 0 && !_isRunning.Contains(true))
        {
            Timers.CancelAll();
            _ended.TrySetResult();
        }
    }
}
