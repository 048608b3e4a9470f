using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Tests.Supervision;

public sealed class TimerSchedulerTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_never = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Does_what_is_due_and_does_it_once()
    {
        using TimerScheduler scheduler = New();
        var done = new BlockingCollection<int>();
        ((IAdvancedScheduler)scheduler).ScheduleOnce(s_soon, () => done.Add(1));
        Assert.Equal(1, Next(done));
        scheduler.Dispose();
        Assert.Empty(done);
    }

    [Fact]
    public void Repeats_until_it_is_cancelled()
    {
        using TimerScheduler scheduler = New();
        var done = new BlockingCollection<int>();
        using var cancelable = new Cancelable((IActionScheduler)scheduler);
        ((IAdvancedScheduler)scheduler).ScheduleRepeatedly(s_soon, s_soon, () => done.Add(1), cancelable);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(1, Next(done));
        }

        cancelable.Cancel();
        scheduler.Dispose();
    }

    [Fact]
    public void A_fault_ends_neither_the_process_nor_the_repetition()
    {
        using TimerScheduler scheduler = New();
        var done = new BlockingCollection<int>();
        ((IAdvancedScheduler)scheduler).ScheduleRepeatedly(s_soon, s_soon, () =>
        {
            done.Add(1);
            throw new InvalidOperationException("for a test");
        });
        Assert.Equal(1, Next(done));
        Assert.Equal(1, Next(done));
    }

    [Fact]
    public void The_end_does_what_waits_but_not_what_was_cancelled()
    {
        TimerScheduler scheduler = New();
        var done = new List<string>();
        using var cancelable = new Cancelable((IActionScheduler)scheduler);
        ((IAdvancedScheduler)scheduler).ScheduleOnce(s_never, () => done.Add("waits"));
        ((IAdvancedScheduler)scheduler).ScheduleOnce(s_never, () => done.Add("cancelled"), cancelable);
        cancelable.Cancel();
        scheduler.Dispose();
        scheduler.Dispose();
        Assert.Equal(["waits"], done);
    }

    [Fact]
    public void Nothing_can_be_asked_for_after_the_end()
    {
        TimerScheduler scheduler = New();
        scheduler.Dispose();
        Assert.Throws<SchedulerException>(() => ((IAdvancedScheduler)scheduler).ScheduleOnce(s_soon, () => { }));
    }

    private static TimerScheduler New() => new(ConfigurationFactory.Empty, NoLogger.Instance);

    private static int Next(BlockingCollection<int> done) => done.TryTake(out int value, s_patience) ? value : throw new TimeoutException("nothing was done");
}
