using TlsAppliance.Capture.Pacing;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Pacing;

public class PacedCaptureSourceTests
{
    private readonly ManualTime _time = new();
    private readonly List<TimeSpan> _waits = [];

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(123_456)]
    [InlineData(10_000_000)]
    public void Frames_per_second_are_kept_within_one_percent(int rate)
    {
        int count = Math.Max(rate, 1_000);
        List<(TimeSpan At, int Count)> runs = Read(Paced(new ListedSource(SampleRuns(count)), PacingMode.FramesPerSecond, rate));

        double seconds = runs[^1].At.TotalSeconds;
        Assert.Equal(count, runs.Sum(run => run.Count));
        Assert.InRange(seconds, (double)(count - 1) / rate * 0.9999, ((double)count / rate * 1.01) + 0.002);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(100)]
    public void Megabits_per_second_are_kept_within_one_percent(double rate)
    {
        RecordedFrame[][] frames = SampleRuns(10_000);
        double expected = frames.Sum(run => run.Sum(frame => frame.LengthOnWire)) * 8 / 1e6 / rate;
        double seconds = Read(Paced(new ListedSource(frames), PacingMode.MegabitsPerSecond, rate))[^1].At.TotalSeconds;
        Assert.InRange(seconds, expected * 0.99, (expected * 1.01) + 0.002);
    }

    [Fact]
    public void The_real_clock_keeps_the_rate_within_one_percent()
    {
        const int Frames = 500;
        using PacedCaptureSource source = new(new ListedSource(SampleRuns(Frames)), new ReplayPacer(PacingMode.FramesPerSecond, 1_000), TimeProvider.System);
        long start = TimeProvider.System.GetTimestamp();
        CaptureReading.Of(source);
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;

        // From above only roughly: how late a loaded machine wakes us is not ours.
        Assert.InRange(seconds, (Frames - 1) / 1_000.0 * 0.99, 5);
    }

    [Fact]
    public void Real_time_keeps_the_distances_of_the_capture()
    {
        List<(TimeSpan At, int Count)> runs = Read(Paced(new ListedSource(SampleFrames.Of(4)), PacingMode.Multiplier, 1));
        Assert.Equal([0, 1, 2, 3], runs.Select(run => (int)run.At.TotalSeconds));
        Assert.All(runs, run => Assert.Equal(1, run.Count));
        Assert.All(_waits, wait => Assert.InRange(wait.TotalMilliseconds, 1, 100));
    }

    [Fact]
    public void What_is_due_by_now_goes_on_in_one_run()
    {
        PacedCaptureSource source = Paced(new ListedSource(SampleFrames.Of(10)), PacingMode.Multiplier, 1);
        Assert.True(source.TryRead(out FrameRun first));
        _time.Advance(TimeSpan.FromSeconds(5.5));
        Assert.True(source.TryRead(out FrameRun due));
        Assert.Equal((0, 1, 1, 5), (first.Start, first.Count, due.Start, due.Count));
    }

    [Fact]
    public void A_segment_ends_after_its_last_frame_only()
    {
        RecordedFrame[] pass = SampleFrames.Of(3);
        CaptureReading reading = CaptureReading.Of(Paced(new ListedSource(pass, [], pass, []), PacingMode.Multiplier, 1));
        Assert.Equal([false, false, false, true, false, false, false, true], reading.Origins.Select(origin => origin.EndsSegment));
        Assert.Equal(4, (int)_time.Now.TotalSeconds);
    }

    [Theory]
    [InlineData(PacingMode.TopSpeed)]
    [InlineData(PacingMode.FramesPerSecond)]
    public void A_limit_ends_the_input_after_exactly_so_many_frames(PacingMode mode)
    {
        ListedSource inner = new(SampleRuns(2_500));
        using (PacedCaptureSource source = Paced(inner, mode, 1e6, limit: 1_234))
        {
            CaptureReading reading = CaptureReading.Of(source);
            Assert.Equal(1_234, reading.Frames.Count);
        }

        Assert.Equal(0, inner.BlocksOut);
        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public void A_limit_does_not_swallow_the_end_of_a_segment()
    {
        CaptureReading reading = CaptureReading.Of(Paced(new ListedSource(SampleFrames.Of(3), [], SampleFrames.Of(3)), PacingMode.TopSpeed, 1, limit: 4));
        Assert.Equal([3, 0, 1], reading.Origins.Select(origin => origin.Count));
        Assert.True(reading.Origins[1].EndsSegment);
    }

    [Fact]
    public void A_duration_ends_the_input_in_the_middle_of_a_wait()
    {
        ListedSource inner = new(SampleFrames.Of(100));
        using (PacedCaptureSource source = Paced(inner, PacingMode.Multiplier, 1, duration: TimeSpan.FromSeconds(2.5)))
        {
            Assert.Equal(3, Read(source).Count);
        }

        Assert.InRange(_time.Now.TotalSeconds, 2.5, 2.6);
        Assert.Equal(0, inner.BlocksOut);
    }

    [Fact]
    public void A_duration_ends_a_replay_at_top_speed()
    {
        PacedCaptureSource source = Paced(new ListedSource(SampleRuns(5_000)), PacingMode.TopSpeed, 1, duration: TimeSpan.FromSeconds(1));
        Assert.True(source.TryRead(out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(source.TryRead(out _));
    }

    [Fact]
    public void Cancelling_ends_a_wait_and_hands_over_nothing_that_is_not_due()
    {
        using CancellationTokenSource stop = new();
        ListedSource inner = new(SampleFrames.Of(2));
        using (PacedCaptureSource source = new(
            inner, new ReplayPacer(PacingMode.Multiplier), _time, _ => stop.Cancel(), limit: 0, TimeSpan.Zero, stop.Token))
        {
            Assert.Equal(1, Assert.Single(Read(source)).Count);
        }

        Assert.Equal(0, inner.BlocksOut);
    }

    [Fact]
    public void Only_a_paced_source_may_wait()
    {
        Assert.False(Paced(new ListedSource(), PacingMode.TopSpeed, 1).MayWait);
        Assert.True(Paced(new ListedSource(), PacingMode.FramesPerSecond, 1).MayWait);
    }

    private static RecordedFrame[][] SampleRuns(int count) => [.. Enumerable.Repeat(SampleFrames.At(SampleFrames.Start, length: 60), count).Chunk(1_000)];

    private PacedCaptureSource Paced(ICaptureSource inner, PacingMode mode, double rate, long limit = 0, TimeSpan duration = default) =>
        new(inner, new ReplayPacer(mode, rate), _time, Wait, limit, duration, CancellationToken.None);

    /// <summary>A sleep that ends late, as sleeps do.</summary>
    private void Wait(TimeSpan time)
    {
        _waits.Add(time);
        _time.Advance(time + TimeSpan.FromMicroseconds(70));
    }

    private List<(TimeSpan At, int Count)> Read(PacedCaptureSource source)
    {
        List<(TimeSpan At, int Count)> runs = [];
        while (source.TryRead(out FrameRun run))
        {
            runs.Add((_time.Now, run.Count));
            run.Block.Release();
        }

        return runs;
    }
}
