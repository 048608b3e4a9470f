namespace TlsAppliance.LoadTest.Measure;

/// <summary>What one run of a whole process cost, start-up included, as the kernel accounts it.</summary>
/// <param name="UserSeconds">CPU time in user mode.</param>
/// <param name="SystemSeconds">CPU time in the kernel.</param>
/// <param name="WallSeconds">Time on the clock.</param>
/// <param name="PeakRssBytes">Largest resident set.</param>
internal sealed record ProcessCost(double UserSeconds, double SystemSeconds, double WallSeconds, long PeakRssBytes)
{
    public double CpuSeconds => UserSeconds + SystemSeconds;

    public static ProcessCost Median(IReadOnlyList<ProcessCost> runs) => new(
        Middle(runs.Select(run => run.UserSeconds)), Middle(runs.Select(run => run.SystemSeconds)), Middle(runs.Select(run => run.WallSeconds)),
        (long)Middle(runs.Select(run => (double)run.PeakRssBytes)));

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
