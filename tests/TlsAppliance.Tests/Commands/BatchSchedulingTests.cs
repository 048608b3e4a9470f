using TlsAppliance.Commands;

namespace TlsAppliance.Tests.Commands;

public class BatchSchedulingTests
{
    /// <summary>The place of the policy behind the name in parentheses, the second of 52 values (proc_pid_stat(5)); SCHED_BATCH is 3.</summary>
    private const int PolicyPlace = 41 - 2;

    [Fact]
    public void Holds_for_the_thread_that_begins_and_for_those_that_it_starts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the policies of Linux");
        (string before, string begun, string started) = ("", "", "");
        var thread = new Thread(() =>
        {
            before = Policy();
            BatchScheduling.Begin();
            begun = Policy();
            var next = new Thread(() => started = Policy());
            next.Start();
            next.Join();
        });
        thread.Start();
        thread.Join();

        Assert.Equal(("0", "3", "3"), (before, begun, started));
    }

    private static string Policy()
    {
        string line = File.ReadAllText("/proc/thread-self/stat");
        return line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[PolicyPlace - 1];
    }
}
