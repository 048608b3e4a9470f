using CsCheck;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Tests.Queues;

public class SettlementWindowTests
{
    [Fact]
    public void The_lowest_is_the_first_that_is_not_settled_whatever_the_order()
    {
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5000]).List[1, 6000].Sample(steps =>
        {
            var window = new SettlementWindow(7);
            var open = new SortedSet<long>();
            long next = 7;
            foreach ((int kind, int which) in steps)
            {
                if (kind == 0 && open.Count > 0)
                {
                    long number = open.ElementAt(which % open.Count);
                    Assert.True(window.Settle(number));
                    Assert.False(window.Settle(number));
                    open.Remove(number);
                }
                else if (kind == 1 && which < 20)
                {
                    Assert.Equal(which, window.Skip(next + which));
                    next += which;
                }
                else
                {
                    window.HandOut(which);
                    open.Add(next++);
                }

                Assert.Equal(open.Count > 0 ? open.Min : next, window.Lowest);
                Assert.Equal(next, window.Next);
            }
        }, iter: 50, seed: "0000KOIPDMhz0");
    }

    [Fact]
    public void A_number_that_was_not_handed_out_is_not_settled()
    {
        var window = new SettlementWindow(1);
        window.HandOut(5);
        Assert.False(window.Settle(0));
        Assert.False(window.Settle(2));
        Assert.Equal(5, window.OldestQueued);
        Assert.True(window.Settle(1));
        Assert.Null(window.OldestQueued);
    }
}
