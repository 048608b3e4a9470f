using TlsAppliance.Sessions;

namespace TlsAppliance.Tests.Sessions;

public class EarliestRowsTests
{
    [Fact]
    public void Keeps_the_earliest_sessions_in_the_order_of_time_however_they_come()
    {
        var rows = new EarliestRows(3);
        foreach (long time in new long[] { 50, 10, 40, 20, 60, 30 })
        {
            if (rows.Wants(time))
            {
                rows.Add(Row(time), time);
            }
        }

        Assert.Equal([Row(10), Row(20), Row(30)], rows.InOrder);
    }

    [Fact]
    public void Wants_no_session_that_began_after_those_that_it_has() => Assert.False(Filled().Wants(3));

    [Fact]
    public void Wants_nothing_when_no_row_is_shown() => Assert.False(new EarliestRows(0).Wants(1));

    private static EarliestRows Filled()
    {
        var rows = new EarliestRows(2);
        rows.Add(Row(1), 1);
        rows.Add(Row(2), 2);
        return rows;
    }

    private static SessionRow Row(long time) => new() { Time = DateTimeOffset.FromUnixTimeSeconds(time) };
}
