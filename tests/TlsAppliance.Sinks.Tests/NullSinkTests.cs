namespace TlsAppliance.Sinks.Tests;

public class NullSinkTests
{
    [Fact]
    public async Task Counts_and_completes_every_batch()
    {
        var batches = new Batches();
        await using var sink = new NullSink();

        await sink.WriteAsync(batches.Of("{}", "{\"a\":1}"), CancellationToken.None);
        await sink.WriteAsync(batches.Of("{}"), CancellationToken.None);

        Assert.Equal((2, 3, 3 + 8 + 3), (sink.Counters.Batches, sink.Counters.Events, sink.Counters.Bytes));
        Assert.Equal(2, batches.Completed);
    }
}
