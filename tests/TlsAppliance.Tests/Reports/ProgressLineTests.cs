using TlsAppliance.Reports;

namespace TlsAppliance.Tests.Reports;

public class ProgressLineTests
{
    private static readonly ProgressSample s_before = new(TimeSpan.FromSeconds(9), 400, 1_000, 10_000_000, 1_000_000_000, 12_000, 0);
    private static readonly ProgressSample s_sample = new(TimeSpan.FromSeconds(10), 420, 1_000, 11_234_000, 2_250_000_000, 12_345, 0);

    [Fact]
    public void On_eighty_columns_there_is_room_for_a_short_bar() => Assert.Equal(
        "[==>    ]  42 %  1.23M frames/s  10.00 Gbit/s  12.3k sessions  0 drops  0:13 left",
        ProgressLine.ForTerminal(s_sample, s_before, default, 81));

    [Fact]
    public void On_two_hundred_columns_the_bar_is_long() => Assert.StartsWith(
        "[" + new string('=', 21) + ">" + new string(' ', 28) + "]  42 %  1.23M frames/s",
        ProgressLine.ForTerminal(s_sample, s_before, default, 200),
        StringComparison.Ordinal);

    [Fact]
    public void No_line_is_longer_than_the_terminal_is_wide()
    {
        for (int width = 0; width < 250; width++)
        {
            Assert.InRange(ProgressLine.ForTerminal(s_sample, s_before, default, width).Length, 0, width);
        }
    }

    [Fact]
    public void Without_an_end_it_tells_bytes_and_time_so_far() => Assert.Equal(
        "420 bytes  1.23M frames/s  10.00 Gbit/s  12.3k sessions  0 drops  0:10",
        ProgressLine.ForTerminal(s_sample with { BytesTotal = -1 }, s_before, default, 200));

    [Theory]
    [InlineData(20, 0, "50 %", "0:10 left")]
    [InlineData(0, 11_234_000, "100 %", "0:00 left")]
    [InlineData(1_000_000, 0, "42 %", "0:13 left")]
    public void The_nearest_bound_counts(int seconds, long frames, string part, string left)
    {
        string line = ProgressLine.ForTerminal(s_sample, s_before, new ProgressBounds(TimeSpan.FromSeconds(seconds), frames), 200);
        Assert.Contains($"]  {part}  ", line, StringComparison.Ordinal);
        Assert.EndsWith(left, line, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_log_it_is_a_sentence() => Assert.Equal(
        "tls-appliance: 42 %, 1.23M frames/s, 10.00 Gbit/s, 12.3k sessions, 0 drops, 0:13 left",
        ProgressLine.ForLog(s_sample, s_before, default));

    [Theory]
    [InlineData(0, "0 frames/s")]
    [InlineData(999, "999 frames/s")]
    [InlineData(1_000, "1.00k frames/s")]
    [InlineData(9_996, "10.0k frames/s")]
    [InlineData(99_960, "100k frames/s")]
    [InlineData(999_600, "1.00M frames/s")]
    [InlineData(12_345_678_901, "12.3G frames/s")]
    public void Rates_have_three_digits(long frames, string text) => Assert.Contains(
        text,
        ProgressLine.ForLog(s_before with { Elapsed = s_sample.Elapsed, Frames = s_before.Frames + frames }, s_before, default),
        StringComparison.Ordinal);

    [Fact]
    public void The_first_line_and_long_times_are_sound()
    {
        Assert.EndsWith("0 %, 0 frames/s, 0.00 Gbit/s, 0 sessions, 0 drops, 0:00", ProgressLine.ForLog(new(default, 0, 10, 0, 0, 0, 0), default, default), StringComparison.Ordinal);
        Assert.EndsWith(", 30:00:00 left", ProgressLine.ForLog(new(TimeSpan.FromHours(10), 1, 4, 1, 1, 1, 1), default, default), StringComparison.Ordinal);
    }
}
