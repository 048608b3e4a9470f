using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Capture.Pacing;
using TlsAppliance.Network.Frames;
using TlsAppliance.Reports;

namespace TlsAppliance.Commands;

/// <summary>From the arguments of a load test to the source that keeps to them.</summary>
internal static class ReplaySource
{
    /// <summary>Why these inputs cannot be replayed like that; null when they can.</summary>
    public static string? Objection(CaptureInputs inputs, LoadArguments load)
    {
        if (load.Loops != 1 && !load.Preload && inputs.Files.FirstOrDefault(file => !file.CanBeReadAgain) is { } pipe)
        {
            return $"--loop reads its input again, which {pipe.Path} cannot; add --preload to keep it in memory";
        }

        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return load.Preload && inputs.TotalLength > memory
            ? $"--preload: {ByteCount.Text(inputs.TotalLength)} of captures do not fit into {ByteCount.Text(memory)} of memory"
            : null;
    }

    /// <summary>All inputs as one time line. What is to be preloaded is in memory when this returns. Where there is a second core, files at top speed are read ahead while shards are waited for.</summary>
    public static ICaptureSource Open(CaptureInputs inputs, LoadArguments load, CancellationToken stop)
    {
        ICaptureSource source = load.Preload ? Preload(inputs, load.Loops, stop)
            : load.Loops == 1 ? new MergedCaptureSource(inputs, stop)
            : new LoopedCaptureSource(inputs, load.Loops);
        bool isBounded = load.Mode != PacingMode.TopSpeed || load.Limit > 0 || load.Duration > TimeSpan.Zero;
        return isBounded
            ? new PacedCaptureSource(source, new ReplayPacer(load.Mode, load.Rate), TimeProvider.System, load.Limit, load.Duration, stop)
            : inputs.CanBeReadAgain && !load.Preload && Environment.ProcessorCount > 1 ? new ReadAheadSource(source)
            : source;
    }

    private static PreloadedCaptureSource Preload(CaptureInputs inputs, int loops, CancellationToken stop)
    {
        var source = new PreloadedCaptureSource(new MergedCaptureSource(inputs, stop), loops);
        source.Load(stop);
        return source;
    }
}
