using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Capture.Pacing;
using TlsAppliance.Capture.Places;
using TlsAppliance.Configuration;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Logs;
using TlsAppliance.Outputs;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Reports;
using TlsAppliance.Telemetry;

namespace TlsAppliance.Commands;

/// <summary>Sends captures through the engine into a sink, with progress on the way; the common part of <c>replay</c> and <c>inspect</c>.</summary>
internal sealed class CaptureReplay(CaptureInputs inputs, ApplianceOptions options, IEventSink sink, LoadArguments load, bool quiet, StopSignals signals)
{
    /// <summary>After a stop what is written has so long to arrive; a little less than the process has to end.</summary>
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(8);

    private readonly FrameNotes _notes = new();

    /// <summary>Where it is written what goes on; null: nowhere.</summary>
    public RunLog? Log { get; init; }

    /// <inheritdoc cref="StatusSources.OutputName"/>
    public string OutputName { get; init; } = OutputKind.None.ToName();

    /// <summary>An output whose deliveries are waited for after the last event; null: the sink has delivered what it has taken.</summary>
    public ElasticsearchOutput? Output { get; init; }

    /// <summary>How long <see cref="Output"/> may take nothing.</summary>
    public TimeSpan Patience { get; init; } = ReplayArguments.DefaultWait;

    /// <summary>All inputs as one time line.</summary>
    public ReplaySummary RunMerged()
    {
        using var source = new TimedSource(ReplaySource.Open(inputs, load, signals.Token));
        var pipeline = new AppliancePipeline(options.ToPipelineOptions() with { UniqueFlows = load.UniqueFlows }, sink, _notes);
        return Run(source, pipeline.Status, () => pipeline.Run(source, signals.Token));
    }

    /// <summary>
    /// Each input for itself; <paramref name="begin"/> is called before the first frame of each. One shard inline, so that all events of an input are out before
    /// the next one begins.
    /// </summary>
    public ReplaySummary RunEach(Action<CaptureInput> begin)
    {
        using var source = new TimedSource(new SequentialCaptureSource(inputs, signals.Token));
        var pipeline = new ReplayPipeline(options.ToPipelineOptions(), sink, _notes);
        return Run(source, pipeline.Status, () =>
        {
            var segment = new SegmentSource(source);
            foreach (CaptureInput input in inputs.Files.TakeWhile(_ => !signals.Token.IsCancellationRequested))
            {
                begin(input);
                pipeline.Run(segment, signals.Token);
            }
        });
    }

    private ReplaySummary Run(TimedSource source, PipelineStatus status, Action replay)
    {
        var usage = new ProcessUsageMeter();
        var sources = new StatusSources(status)
        {
            OutputName = OutputName,
            Output = Output is null ? null : Output.Statistics,
            Complaints = Output is null ? [] : [Output.Complaints],
        };
        string? leftover;
        using (OpenEndpoint(sources))
        using (StartProgress(status, source))
        {
            Log?.Watch(sources);
            leftover = Deliver(replay);
            Log?.End();
        }

        return new ReplaySummary
        {
            Counters = status.Counters(),
            Quarantined = _notes.Notes,
            Places = FindAgain(_notes.Notes, signals.Token),
            Faults = [.. source.Faults],
            SkippedFiles = inputs.SkippedFiles,
            Elapsed = source.Elapsed,
            PacedTime = load.Mode == PacingMode.TopSpeed ? null : source.InputElapsed,
            Stopped = signals.Token.IsCancellationRequested,
            Shards = status.Health,
            Residuals = [.. status.LatestSnapshot()?.Residuals ?? []],
            Usage = usage.Measure(),
            Leftover = leftover,
        };
    }

    /// <summary>A file is read once more only when a connection failed in it.</summary>
    private IReadOnlyDictionary<(long Timestamp, int Length), FramePlace> FindAgain(IReadOnlyCollection<FrameNote> notes, CancellationToken stop) =>
        notes.Count == 0 ? ReplaySummary.NoPlaces : FrameSearch.Find(inputs, notes.Select(note => (note.Timestamp, note.Length)), stop);

    /// <returns>What did not arrive, in one line; null when everything did.</returns>
    private string? Deliver(Action replay)
    {
        try
        {
            replay();
            sink.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
        catch (StalledOutputException)
        {
            return Output!.Leftover();
        }

        return Output is null || Output.Drain(Patience, signals.Token) || (signals.Token.IsCancellationRequested && Output.Drain(s_stopPatience, CancellationToken.None))
            ? null
            : Output.Leftover();
    }

    /// <summary>Nothing of the web server is touched unless it was asked for: loading it takes longer than a small replay.</summary>
    private StatusEndpoint? OpenEndpoint(StatusSources sources)
    {
        if (!options.Http.Enabled)
        {
            return null;
        }

        StatusEndpoint endpoint = StatusEndpoint.Start(options.Http, sources);
        string told = $"metrics at {endpoint.MetricsPlace}";
        if (Log is not null)
        {
            Log.Tell(told);
        }
        else if (!quiet)
        {
            Diagnostics.Error(told);
        }

        return endpoint;
    }

    /// <summary>A log on the same terminal tells the same, and a line that is rewritten would cut its lines.</summary>
    private ReplayProgress? StartProgress(PipelineStatus status, TimedSource source) => quiet || options.Logging.ToStandardError
        ? null
        : new ReplayProgress(Diagnostics.Text, StandardOutput.ErrorWidth, status.Counters, source, new ProgressBounds(load.Duration, load.Limit));
}
