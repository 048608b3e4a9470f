using System.Diagnostics;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline;
using TlsAppliance.Reports;

namespace TlsAppliance.Commands;

/// <summary>Sends captures through the engine into a sink, with progress on the way; the common part of <c>replay</c> and <c>inspect</c>.</summary>
internal sealed class CaptureReplay(CaptureInputs inputs, PipelineOptions options, IEventSink sink, bool quiet)
{
    /// <summary>All inputs as one time line.</summary>
    public ReplaySummary RunMerged()
    {
        using var source = new MergedCaptureSource(inputs);
        var pipeline = new AppliancePipeline(options, sink);
        return Run(source, () => pipeline.Counters, stop => pipeline.Run(source, stop));
    }

    /// <summary>
    /// Each input for itself; <paramref name="begin"/> is called before the first frame of each. One shard inline, so that all events of an input are out before
    /// the next one begins.
    /// </summary>
    public ReplaySummary RunEach(Action<CaptureInput> begin)
    {
        using var source = new SequentialCaptureSource(inputs);
        var pipeline = new ReplayPipeline(options, sink);
        return Run(source, () => pipeline.Counters, stop =>
        {
            var segment = new SegmentSource(source);
            foreach (CaptureInput input in inputs.Files.TakeWhile(_ => !stop.IsCancellationRequested))
            {
                begin(input);
                pipeline.Run(segment, stop);
            }
        });
    }

    private ReplaySummary Run(ICaptureSource source, Func<PipelineCounters> counters, Action<CancellationToken> replay)
    {
        long start = Stopwatch.GetTimestamp();
        using var signals = new StopSignals();
        using (StartProgress(counters, source))
        {
            replay(signals.Token);
            sink.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        return new ReplaySummary
        {
            Counters = counters(),
            Faults = [.. source.Faults],
            SkippedFiles = inputs.SkippedFiles,
            Elapsed = Stopwatch.GetElapsedTime(start),
            Stopped = signals.Token.IsCancellationRequested,
        };
    }

    private ReplayProgress? StartProgress(Func<PipelineCounters> counters, ICaptureSource source) =>
        quiet ? null : new ReplayProgress(Diagnostics.Text, !Console.IsErrorRedirected, counters, source);
}
