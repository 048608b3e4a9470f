using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Capture.Pacing;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Commands;

/// <summary>From the arguments of a load test to the source that keeps to them.</summary>
internal static class ReplaySource
{
    /// <summary>All inputs as one time line. What is to be preloaded is in memory when this returns.</summary>
    public static ICaptureSource Open(CaptureInputs inputs, LoadArguments load, CancellationToken stop)
    {
        ICaptureSource source = load.Preload ? Preload(inputs, load.Loops, stop)
            : load.Loops == 1 ? new MergedCaptureSource(inputs, stop)
            : new LoopedCaptureSource(inputs, load.Loops);
        bool isBounded = load.Mode != PacingMode.TopSpeed || load.Limit > 0 || load.Duration > TimeSpan.Zero;
        return isBounded
            ? new PacedCaptureSource(source, new ReplayPacer(load.Mode, load.Rate), TimeProvider.System, load.Limit, load.Duration, stop)
            : source;
    }

    private static PreloadedCaptureSource Preload(CaptureInputs inputs, int loops, CancellationToken stop)
    {
        var source = new PreloadedCaptureSource(new MergedCaptureSource(inputs, stop), loops);
        source.Load(stop);
        return source;
    }
}
