using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests;

public sealed class LoopedCaptureSourceTests
{
    [Fact]
    public void Repeats_the_merged_time_line_and_ends_each_pass_with_a_segment()
    {
        using TemporaryFiles files = new();
        string a = files.Write(PcapWriter.Build([SampleFrames.At(1_000), SampleFrames.At(4_000)]));
        string b = files.Write([.. PcapWriter.Build([SampleFrames.At(2_000)]), 0]);
        using LoopedCaptureSource source = new(CaptureInputs.Resolve([a, b]), passes: 3);

        CaptureReading reading = CaptureReading.Of(source);

        Assert.Equal([1_000, 2_000, 4_000, 1_000, 2_000, 4_000, 1_000, 2_000, 4_000], reading.Frames.Select(frame => frame.Timestamp));
        Assert.Equal(3, reading.Origins.Count(origin => origin.EndsSegment));
        Assert.True(reading.Origins[^1].EndsSegment);
        Assert.Equal(b, reading.Fault.Path);
        Assert.Equal(source.BytesTotal, source.BytesRead);
    }

    [Fact]
    public void Without_end_it_goes_on_for_as_long_as_somebody_reads()
    {
        using TemporaryFiles files = new();
        string path = files.Write(PcapWriter.Build(SampleFrames.Of(3)));
        using LoopedCaptureSource source = new(CaptureInputs.Resolve([path]), LoopedCaptureSource.Endless);
        int frames = 0;
        for (int i = 0; i < 100; i++)
        {
            Assert.True(source.TryRead(out FrameRun run));
            frames += run.Count;
            run.Block.Release();
        }

        Assert.Equal(150, frames);
        Assert.Equal(-1, source.BytesTotal);
        Assert.InRange(source.BytesRead, 49 * new FileInfo(path).Length, 50 * new FileInfo(path).Length);
    }

    [Fact]
    public void Without_a_frame_even_an_endless_loop_ends()
    {
        using TemporaryFiles files = new();
        string path = files.Write(PcapWriter.Build([]));
        using LoopedCaptureSource source = new(CaptureInputs.Resolve([path]), LoopedCaptureSource.Endless);
        Assert.True(Assert.Single(CaptureReading.Of(source).Origins).EndsSegment);
    }

    [Fact]
    public void Refuses_standard_input()
    {
        Assert.Throws<ArgumentException>(() => new LoopedCaptureSource(CaptureInputs.Resolve(["-"]), passes: 2));
    }
}
