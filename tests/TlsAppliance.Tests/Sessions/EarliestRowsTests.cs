using System.Text;
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
    public void Of_equal_ones_the_first_taken_is_the_first()
    {
        var rows = new EarliestRows(4);
        SessionRow[] all = [.. Enumerable.Range(0, 8).Select(number => Row(number))];
        foreach (SessionRow row in all.Where(_ => rows.Wants(7)))
        {
            rows.Add(row, 7);
        }

        Assert.Equal(all[..4], rows.InOrder);
    }

    [Fact]
    public void An_event_of_a_file_has_the_place_of_its_own_time()
    {
        var earliest = new EarliestRows(10);
        var rows = new SessionRows(earliest);
        foreach (int second in new[] { 30, 10, 20 })
        {
            Assert.True(rows.Take(Encoding.UTF8.GetBytes($$"""{"@timestamp":"2026-01-01T00:00:{{second}}.000Z","client":{"ip":"192.0.2.1","port":1},"server":{"ip":"192.0.2.2","port":443},"tls":{} }"""), time: null));
        }

        Assert.Equal([10, 20, 30], earliest.InOrder.Select(row => row.Time.Second));
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
