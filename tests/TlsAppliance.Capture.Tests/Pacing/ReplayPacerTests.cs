using TlsAppliance.Capture.Pacing;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Tests.Pacing;

public class ReplayPacerTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void At_top_speed_everything_is_due_at_once()
    {
        ReplayPacer pacer = new(PacingMode.TopSpeed);
        Assert.True(pacer.IsTopSpeed);
        Assert.Equal([0, 0], Due(pacer, Frame(0), Frame(Second)));
    }

    [Fact]
    public void Frames_per_second_are_spread_evenly_and_rounding_does_not_add_up()
    {
        ReplayPacer pacer = new(PacingMode.FramesPerSecond, 3);
        long[] due = Due(pacer, [.. Enumerable.Repeat(Frame(0), 3_000_001)]);
        Assert.Equal([0, 333_333_333, 666_666_666, Second], due[..4]);
        Assert.Equal(1_000_000 * Second, due[^1]);
    }

    [Fact]
    public void Megabits_count_the_bytes_on_the_wire_before_a_frame()
    {
        ReplayPacer pacer = new(PacingMode.MegabitsPerSecond, 8);
        Assert.Equal([0, 1_000_000, 1_500_000], Due(pacer, Frame(0, wireLength: 1_000), Frame(0, wireLength: 500), Frame(0)));
    }

    [Fact]
    public void A_multiplier_divides_the_times_of_the_capture()
    {
        ReplayPacer pacer = new(PacingMode.Multiplier, 2);
        long start = SampleFrames.Start;
        Assert.Equal([0, 50, Second / 2], Due(pacer, Frame(start), Frame(start + 100), Frame(start + Second)));
    }

    [Fact]
    public void A_time_that_runs_backwards_is_due_at_once()
    {
        ReplayPacer pacer = new(PacingMode.Multiplier);
        Assert.Equal([0, 100, 100, 110], Due(pacer, Frame(1_000), Frame(1_100), Frame(500), Frame(1_110)));
    }

    [Fact]
    public void The_first_frame_of_a_segment_follows_the_last_one_at_once()
    {
        ReplayPacer pacer = new(PacingMode.Multiplier);
        Assert.Equal([0, 100], Due(pacer, Frame(1_000), Frame(1_100)));
        pacer.StartSegment();
        Assert.Equal([100, 150], Due(pacer, Frame(7_000), Frame(7_050)));
        pacer.StartSegment();
        Assert.Equal([150, 160], Due(pacer, Frame(1), Frame(11)));
    }

    [Fact]
    public void Times_as_far_apart_as_can_be_are_never_due_in_the_past()
    {
        ReplayPacer pacer = new(PacingMode.Multiplier, 0.001);
        Assert.Equal([0, long.MaxValue], Due(pacer, Frame(long.MinValue), Frame(long.MaxValue)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_rate_is_more_than_nothing(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReplayPacer(PacingMode.FramesPerSecond, rate));

    private static long[] Due(ReplayPacer pacer, params FrameRecord[] frames) => [.. frames.Select(frame => pacer.NextDue(frame))];

    private static FrameRecord Frame(long timestamp, int wireLength = 60) => new() { Timestamp = timestamp, Length = 60, WireLength = wireLength };
}
