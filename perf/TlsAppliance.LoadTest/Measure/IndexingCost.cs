namespace TlsAppliance.LoadTest.Measure;

/// <summary>What one indexing run cost, from the first frame until every event was settled.</summary>
/// <param name="Events">How many there were.</param>
/// <param name="WallSeconds">Time on the clock.</param>
/// <param name="CpuSeconds">Of this process; the server is another.</param>
internal sealed record IndexingCost(long Events, double WallSeconds, double CpuSeconds)
{
    public double EventsPerSecond => Events / WallSeconds;

    /// <summary>Microseconds of a processor for one event, with all frames that led to it.</summary>
    public double CpuPerEvent => CpuSeconds / Events * 1e6;
}
