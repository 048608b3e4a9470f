using TlsAppliance.Sinks.Elasticsearch.Bulk;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Bulk;

public class RetryDelayTests
{
    private static readonly BulkOptions Options = new();

    private static RetryDelay New(int seed) => new(Options.BackoffInitial, Options.BackoffMaximum, new Random(seed));

    [Fact]
    public void Doubles_from_one_second_to_a_minute_and_stays_there()
    {
        RetryDelay delay = New(1);
        for (int failures = 1; failures <= 1000; failures++)
        {
            double full = Math.Min(Math.Pow(2, failures - 1), 60);
            Assert.InRange(delay.After(failures).TotalSeconds, full * 0.8, full);
        }
    }

    [Fact]
    public void The_first_wait_is_no_longer_than_a_second_and_none_is_longer_than_a_minute()
    {
        RetryDelay delay = New(2);
        for (int round = 0; round < 10_000; round++)
        {
            Assert.InRange(delay.After(1).TotalSeconds, 0.8, 1);
            Assert.InRange(delay.After(int.MaxValue).TotalSeconds, 48, 60);
        }
    }

    [Fact]
    public void Workers_that_failed_together_do_not_come_back_together()
    {
        RetryDelay delay = New(3);
        TimeSpan[] waits = [.. Enumerable.Range(0, 1000).Select(_ => delay.After(6))];
        double widest = waits.Max().TotalSeconds - waits.Min().TotalSeconds;
        Assert.InRange(widest, 6, 6.4);

        // Spread over the whole range: none of ten slices has more than a fifth.
        Assert.All(waits.GroupBy(wait => (int)((wait.TotalSeconds - 25.6) / 0.64)), slice => Assert.InRange(slice.Count(), 1, 200));
    }
}
