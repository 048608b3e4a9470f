namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>
/// How long to wait after the n-th failure in a row: doubling up to a cap, each time shortened at random by up to a fifth, so that several workers and several
/// boxes do not come back at the same moment. Any thread.
/// </summary>
internal sealed class RetryDelay(TimeSpan initial, TimeSpan maximum, Random random)
{
    private const double Jitter = 0.2;

    /// <summary>Doubling more often than this is beyond any cap.</summary>
    private const int MaximumDoublings = 40;

    private readonly Lock _lock = new();

    /// <param name="failures">Failures in a row, at least 1.</param>
    public TimeSpan After(int failures)
    {
        double full = Math.Min(initial.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, MaximumDoublings)), maximum.TotalMilliseconds);
        lock (_lock)
        {
            return TimeSpan.FromMilliseconds(full * (1 - (Jitter * random.NextDouble())));
        }
    }
}
