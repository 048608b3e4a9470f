using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests;

public sealed class PreloadedCaptureSourceTests
{
    [Fact]
    public void Repeats_what_was_read_once_and_ends_each_pass_with_a_segment()
    {
        ListedSource inner = new(SampleFrames.Of(3), SampleFrames.Of(5)) { Faults = [new CaptureFault("a.pcap", 7, "cut")] };
        using PreloadedCaptureSource source = new(inner, passes: 3);
        CaptureReading reading = CaptureReading.Of(source);

        RecordedFrame[] pass = [.. SampleFrames.Of(3), .. SampleFrames.Of(5)];
        Assert.Equal([.. pass, .. pass, .. pass], reading.Frames, Same);
        Assert.Equal(3, reading.Origins.Count(origin => origin.EndsSegment));
        Assert.True(reading.Origins[^1].EndsSegment);
        Assert.Equal("a.pcap", reading.Fault.Path);
        Assert.Equal(0, inner.BlocksOut);
        Assert.Equal(3 * pass.Sum(frame => frame.Bytes.Length), source.BytesRead);
        Assert.Equal(source.BytesTotal, source.BytesRead);
    }

    [Fact]
    public void Packs_the_small_runs_of_a_pipe()
    {
        using PreloadedCaptureSource source = new(new ListedSource([.. SampleFrames.Of(1_000).Select(frame => new[] { frame })]));
        CaptureReading reading = CaptureReading.Of(source);
        Assert.Equal([1_000, 0], reading.Origins.Select(origin => origin.Count));
    }

    [Fact]
    public void Frames_larger_than_a_block_and_more_than_a_block_holds_are_kept()
    {
        RecordedFrame[] frames =
            [SampleFrames.At(1, 1, 800_000), SampleFrames.At(2, 2, 800_000), SampleFrames.At(3, 3, 3_000_000), SampleFrames.At(4, 4, 14), SampleFrames.At(5, 5, 0)];
        using PreloadedCaptureSource source = new(new ListedSource(frames));
        Assert.Equal(frames, CaptureReading.Of(source).Frames, Same);
    }

    [Fact]
    public void Ends_of_segments_stay_where_they_were()
    {
        using PreloadedCaptureSource source = new(new ListedSource(SampleFrames.Of(2), [], SampleFrames.Of(3), []));
        Assert.Equal([(2, true), (3, true), (0, true)], CaptureReading.Of(source).Origins.Select(origin => (origin.Count, origin.EndsSegment)));
    }

    [Fact]
    public void Without_end_it_goes_on_for_as_long_as_somebody_reads()
    {
        using PreloadedCaptureSource source = new(new ListedSource(SampleFrames.Of(2)), LoopedCaptureSource.Endless);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(source.TryRead(out FrameRun run));
            run.Block.Release();
        }

        Assert.Equal(-1, source.BytesTotal);
    }

    [Fact]
    public void Without_a_frame_even_an_endless_loop_ends()
    {
        using PreloadedCaptureSource source = new(new ListedSource(), LoopedCaptureSource.Endless);
        Assert.True(Assert.Single(CaptureReading.Of(source).Origins).EndsSegment);
    }

    [Fact]
    public void Loading_can_be_cancelled()
    {
        using PreloadedCaptureSource source = new(new ListedSource(SampleFrames.Of(2)));
        source.Load(new CancellationToken(canceled: true));
        Assert.Empty(CaptureReading.Of(source).Frames);
    }

    private static bool Same(RecordedFrame expected, RecordedFrame actual) =>
        expected.Timestamp == actual.Timestamp && expected.Bytes.AsSpan().SequenceEqual(actual.Bytes);
}
