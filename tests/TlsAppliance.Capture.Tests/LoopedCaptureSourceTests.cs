using TlsAppliance.Capture.Inputs;
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
    public void Refuses_standard_input()
    {
        Assert.Throws<ArgumentException>(() => new LoopedCaptureSource(CaptureInputs.Resolve(["-"]), passes: 2));
    }
}
