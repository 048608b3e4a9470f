using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>
/// The clock of the actors on the runtime's own timers, which wake nobody before something is due. Akka's is a wheel that turns on a thread of its own, hundreds of times a second, and is stopped by
/// an exception: making and stopping it cost a replay of one packet a tenth of its CPU time. What the actors ask for is a restart after a wait and the end of a dispatcher: a handful.
/// </summary>
/// <param name="scheduler">Of the actor system; nothing of it is needed.</param>
/// <param name="log">Of the actor system.</param>
internal sealed class TimerScheduler(Config scheduler, ILoggingAdapter log) : SchedulerBase(scheduler, log), IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly HashSet<Appointment> _pending = [];
    private readonly Lock _lock = new();
    private bool _isDisposed;

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(_start);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    /// <summary>What still waits is done now, once: a dispatcher whose last actor has left ends its thread this way. Nothing can be asked for afterwards.</summary>
    public void Dispose()
    {
        Appointment[] left;
        lock (_lock)
        {
            _isDisposed = true;
            left = [.. _pending];
            _pending.Clear();
        }

        foreach (Appointment appointment in left)
        {
            appointment.Timer?.Dispose();
            appointment.Keep();
        }
    }

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => Schedule(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => Schedule(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Schedule(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        var appointment = new Appointment(action, interval, cancelable, Log);
        lock (_lock)
        {
            if (_isDisposed)
            {
                throw new SchedulerException("the actor system has ended");
            }

            _pending.Add(appointment);
            appointment.Timer = new Timer(OnDue, appointment, delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDue(object? state)
    {
        var appointment = (Appointment)state!;
        lock (_lock)
        {
            if (!_pending.Remove(appointment))
            {
                return;
            }
        }

        appointment.Keep();
        lock (_lock)
        {
            if (appointment.IsOver || _isDisposed)
            {
                appointment.Timer!.Dispose();
                return;
            }

            _pending.Add(appointment);
            appointment.Timer!.Change(appointment.Interval, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Something to be done, once or again and again. Who cancels it is not waited for: it is let go of when it is due.</summary>
    private sealed class Appointment(Action action, TimeSpan interval, ICancelable? cancelable, ILoggingAdapter log)
    {
        public Timer? Timer { get; set; }

        public TimeSpan Interval => interval;

        public bool IsOver => interval == Timeout.InfiniteTimeSpan || IsCancelled;

        private bool IsCancelled => cancelable is { IsCancellationRequested: true };

        /// <summary>A fault in it would end the process: on a timer's thread there is nobody to take it.</summary>
        public void Keep()
        {
            if (IsCancelled)
            {
                return;
            }

            try
            {
                action();
            }
            catch (Exception fault)
            {
                log.Error(fault, "a scheduled action failed");
            }
        }
    }
}
