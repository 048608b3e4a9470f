using TlsAppliance.Capture.Live;

namespace TlsAppliance.Live.Tests;

public class RunningCountTests
{
    [Fact]
    public void Goes_on_where_the_counter_of_32_bits_wraps()
    {
        var count = default(RunningCount);
        count.Take(4_000_000_000);
        count.Take(4_294_967_295);
        count.Take(4);
        count.Take(4);
        Assert.Equal(4_294_967_300, count.Total);
    }
}
