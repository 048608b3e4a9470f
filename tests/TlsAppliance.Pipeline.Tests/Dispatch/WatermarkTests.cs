using TlsAppliance.Pipeline.Dispatch;

namespace TlsAppliance.Pipeline.Tests.Dispatch;

public class WatermarkTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;

    private Watermark _watermark;

    [Fact]
    public void Ticks_at_the_first_frame_and_then_every_100_ms()
    {
        Assert.True(_watermark.Advance(Start + 5));
        Assert.False(_watermark.Advance(Start + Second / 10 - 1));
        Assert.True(_watermark.Advance(Start + Second / 10));
        Assert.False(_watermark.Advance(Start + Second / 10 + 1));
    }

    [Fact]
    public void N18_nothing_moves_it_back()
    {
        _watermark.Advance(Start);
        Assert.False(_watermark.Advance(Start - 3600 * Second));
        Assert.False(_watermark.Advance(-1));
        Assert.False(_watermark.Advance(0));
        Assert.Equal(Start, _watermark.Now);
    }

    [Fact]
    public void N18_one_frame_far_ahead_does_not_move_it()
    {
        _watermark.Advance(Start);
        Assert.False(_watermark.Advance(Start + 80L * 365 * 86_400 * Second));
        Assert.False(_watermark.Advance(0xFFFF_FFF0 * Second));
        Assert.Equal(Start, _watermark.Now);
        Assert.Equal(2, _watermark.FramesFarAhead);
    }

    [Fact]
    public void N18_eight_frames_far_ahead_in_a_row_move_it_to_the_nearest_with_one_tick()
    {
        _watermark.Advance(Start);
        for (int i = 0; i < 7; i++)
        {
            Assert.False(_watermark.Advance(Start + (3600 + 10 - i) * Second));
        }

        Assert.True(_watermark.Advance(Start + 7200 * Second));
        Assert.Equal(Start + 3604 * Second, _watermark.Now);
        Assert.False(_watermark.Advance(Start + 3604 * Second));
    }

    [Fact]
    public void N18_a_frame_of_the_present_breaks_the_row()
    {
        _watermark.Advance(Start);
        for (int i = 0; i < 100; i++)
        {
            Assert.False(_watermark.Advance(i % 8 == 7 ? Start : Start + 3600 * Second));
        }

        Assert.Equal(Start, _watermark.Now);
    }

    [Fact]
    public void Sixty_seconds_of_silence_are_no_jump()
    {
        _watermark.Advance(Start);
        Assert.True(_watermark.Advance(Start + 60 * Second));
        Assert.Equal(Start + 60 * Second, _watermark.Now);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-5)]
    public void Any_first_time_is_taken(long time)
    {
        _watermark.Advance(time);
        Assert.Equal(time, _watermark.Now);
    }
}
