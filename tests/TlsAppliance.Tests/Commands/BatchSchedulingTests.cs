using TlsAppliance.Commands;

namespace TlsAppliance.Tests.Commands;

public class BatchSchedulingTests
{
    private const string Batch = "3";

    /// <summary>The policy is the 41st value of the line (proc_pid_stat(5)), and the first two end with the name in parentheses.</summary>
    private const int PolicyIndex = 41 - 3;

    [Fact]
    public void Holds_for_the_thread_that_begins_and_for_those_that_it_starts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the policies of Linux");
        (string begun, string started) = ("", "");
        var thread = new Thread(() =>
        {
            BatchScheduling.Begin();
            begun = Policy();
            var next = new Thread(() => started = Policy());
            next.Start();
            next.Join();
        });
        thread.Start();
        thread.Join();

        Assert.Equal((Batch, Batch), (begun, started));
    }

    private static string Policy()
    {
        string line = File.ReadAllText("/proc/thread-self/stat");
        return line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[PolicyIndex];
    }
}
