using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Tests.Frames;

public sealed class NamedCountersTests
{
    [Fact]
    public void What_nobody_has_counted_is_0() => Assert.Equal(0, new NamedCounters()["segments.urgent"]);

    [Fact]
    public void The_last_value_holds()
    {
        var counters = new NamedCounters { ["segments.urgent"] = 1 };
        counters["segments.urgent"] = 2;
        Assert.Equal([new NamedCounter("segments.urgent", 2)], counters.InOrder);
    }

    [Fact]
    public void Adds_name_by_name_and_tells_them_in_order()
    {
        var sum = new NamedCounters { ["b"] = 1, ["a"] = 2 };
        sum.Add(new NamedCounters { ["a"] = 3, ["B"] = 4 });
        Assert.Equal([new NamedCounter("B", 4), new NamedCounter("a", 5), new NamedCounter("b", 1)], sum.InOrder);
    }

    [Fact]
    public void Tells_them_as_they_were_counted_first_to_whom_the_order_is_nothing()
    {
        var counters = new NamedCounters { ["b"] = 1, ["a"] = 2 };
        counters["b"] = 3;
        Assert.Equal([new NamedCounter("b", 3), new NamedCounter("a", 2)], counters.All);
    }
}
