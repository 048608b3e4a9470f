using TlsAppliance.Reports;

namespace TlsAppliance.Tests.Reports;

public class CollectionPausesTests
{
    [Fact]
    public void The_longest_pause_lies_between_nothing_and_all_of_them()
    {
        TimeSpan before = GC.GetTotalPauseDuration();
        CollectionPauses pauses = new();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TimeSpan longest = pauses.End();
        Assert.InRange(longest, TimeSpan.FromTicks(1), GC.GetTotalPauseDuration() - before);
    }
}
