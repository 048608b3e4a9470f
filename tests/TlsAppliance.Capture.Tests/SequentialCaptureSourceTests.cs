using TlsAppliance.Capture.Inputs;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests;

public sealed class SequentialCaptureSourceTests
{
    [Fact]
    public void Ends_every_file_with_a_segment_in_the_order_given()
    {
        using TemporaryFiles files = new();
        string late = files.Write(PcapWriter.Build([SampleFrames.At(9), SampleFrames.At(10)]));
        string empty = files.Write(new PcapWriter().ToArray());
        string damaged = files.Write([1, 2, 3, 4]);
        string early = files.Write(PcapngWriter.Build([SampleFrames.At(1)]));
        using SequentialCaptureSource source = new(CaptureInputs.Resolve([late, empty, damaged, early]));

        CaptureReading reading = CaptureReading.Of(source);

        Assert.Equal(
            [new(0, 2, false), new(0, 0, true), new(1, 0, true), new(2, 0, true), new(3, 1, false), new(3, 0, true)], reading.Origins);
        Assert.Equal(damaged, reading.Fault.Path);
        Assert.Equal(source.BytesTotal, source.BytesRead);
    }
}
