using TlsAppliance.Capture.Live;
using TlsAppliance.Capture.Quarantine;
using TlsAppliance.Configuration;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Outputs;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Reports;
using TlsAppliance.Sinks;
using TlsAppliance.Sinks.Files;
using TlsAppliance.Sinks.Streams;
using TlsAppliance.Systemd;
using TlsAppliance.Telemetry;

namespace TlsAppliance.Commands;

/// <summary>One <c>run</c>: from the arguments to the exit code.</summary>
internal sealed class LiveRun(RunArguments arguments, ApplianceOptions options, IReadOnlyList<LiveCaptureOptions> interfaces)
{
    private const string DataRole = "live";

    /// <summary>Part of the ten seconds that a stop has.</summary>
    private static readonly TimeSpan s_lastDelivery = TimeSpan.FromSeconds(2);

    private readonly QuarantineFiles _quarantine = new(options.ToQuarantineOptions());
    private readonly List<string> _written = [];

    private OutputKind Output { get; } = arguments.Output ?? (options.Outputs is [var first, ..] ? first : "") switch
    {
        "elasticsearch" => OutputKind.Elasticsearch,
        "console" => OutputKind.Stdout,
        _ => OutputKind.File,
    };

    /// <returns>The process's exit code.</returns>
    public static int Execute(RunArguments arguments)
    {
        if (!ConfiguredOptions.TryLoad(arguments.Configuration, out ApplianceOptions options))
        {
            return ExitCode.BadConfiguration;
        }

        if (arguments.Interfaces.Count > 0)
        {
            options.Interfaces.Choose(arguments.Interfaces);
        }

        try
        {
            var run = new LiveRun(arguments, options, LiveInterfaces.Resolve(options));
            return OutputFailures.Guard(run.Run);
        }
        catch (LiveCaptureException failure)
        {
            Diagnostics.Error(failure.Message);
            return failure.Failure == LiveCaptureFailure.BadFilter ? ExitCode.BadConfiguration : ExitCode.NoPermission;
        }
    }

    private int Run()
    {
        using var signals = new StopSignals();
        using FirstSources first = FirstSources.Open(interfaces);
        ReplaySummary summary = (Output == OutputKind.Elasticsearch ? Index(first, signals) : Write(first, signals)) with { Written = _written };
        Report(summary);
        return Verdict(summary);
    }

    private ReplaySummary Write(FirstSources first, StopSignals signals)
    {
        IEventSink output = OpenOutput();
        using (output as IDisposable)
        {
            return Capture(first, output, signals);
        }
    }

    /// <summary>What has not arrived when the time of a stop is over waits in the queue on the disk.</summary>
    private ReplaySummary Index(FirstSources first, StopSignals signals)
    {
        using DataDirectory directory = DataDirectory.Take(options.DataPath, DataRole);
        ElasticsearchOutput output = ElasticsearchOutput.Open(options, live: true, directory, TimeProvider.System);
        ReplaySummary summary;
        using (output)
        {
            summary = Capture(first, output.Sink, signals);
            output.Drain(s_lastDelivery, CancellationToken.None);
        }

        return summary with { Delivery = output.Report(), Leftover = output.Leftover() };
    }

    private ReplaySummary Capture(FirstSources first, IEventSink output, StopSignals signals)
    {
        AppliancePipeline pipeline = AppliancePipeline.ForInterfaces(options.ToPipelineOptions(), output, first.Inputs, _quarantine);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        var usage = new ProcessUsageMeter();
        long start = TimeProvider.System.GetTimestamp();
        TimeSpan elapsed;
        PipelineStatus status = pipeline.Status;
        using (OpenEndpoint(status))
        using (new CaptureWatch(pipeline.Captures, Diagnostics.Warning))
        using (arguments.Quiet ? null : new ReplayProgress(
            Diagnostics.Text, StandardOutput.ErrorWidth, passed => Sample(passed, status), new ProgressBounds(arguments.Duration, 0)))
        {
            if (arguments.Duration > TimeSpan.Zero)
            {
                stop.CancelAfter(arguments.Duration);
            }

            Announce();
            using ServiceReporter? manager = ServiceReporter.Start(() => StatusLine(status), new EnginePulse(status, TimeProvider.System).HasStopped, TimeProvider.System);
            using CancellationTokenRegistration stopping = stop.Token.Register(() => manager?.Stopping());
            pipeline.RunLive(stop.Token);
            elapsed = TimeProvider.System.GetElapsedTime(start);
            output.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        return new ReplaySummary
        {
            Counters = status.Counters(),
            Faults = [],
            Elapsed = elapsed,
            Stopped = signals.Token.IsCancellationRequested,
            Shards = status.Health,
            Captures = status.Captures,
            Residuals = [.. status.LatestSnapshot()?.Residuals ?? []],
            Usage = usage.Measure(),
        };
    }

    private static string StatusLine(PipelineStatus status)
    {
        PipelineCounters counters = status.Counters();
        string[] complaints = [.. status.Complaints()];
        return complaints.Length > 0
            ? string.Join("; ", complaints)
            : FormattableString.Invariant($"{counters.Frames:N0} frames, {counters.Events:N0} events, {status.Captures.Sum(capture => capture.Kernel.Dropped):N0} frames dropped");
    }

    /// <summary>What was lost, anywhere, stands where a replay tells its drops.</summary>
    private static ProgressSample Sample(TimeSpan elapsed, PipelineStatus status)
    {
        PipelineCounters counters = status.Counters();
        long dropped = status.Captures.Sum(capture => capture.Kernel.Dropped + capture.Kernel.InterfaceDropped);
        return new ProgressSample(
            elapsed,
            counters.CapturedBytes,
            -1,
            counters.Frames,
            counters.WireBytes,
            counters.Sessions,
            dropped + counters.ShedMidstream + counters.DroppedByLane + counters.Quarantined + counters.Faulted + counters.Drained);
    }

    private void Announce()
    {
        if (!arguments.Quiet)
        {
            Diagnostics.Error("capturing " + string.Join(", ", interfaces.Select(capture => capture.Threads == 1
                ? capture.Interface
                : FormattableString.Invariant($"{capture.Interface} ({capture.Threads} threads)"))));
        }
    }

    private StatusEndpoint? OpenEndpoint(PipelineStatus status)
    {
        if (!options.Http.Enabled)
        {
            return null;
        }

        StatusEndpoint endpoint = StatusEndpoint.Start(options.Http, status);
        if (!arguments.Quiet)
        {
            Diagnostics.Error($"metrics at {endpoint.Address}/metrics");
        }

        return endpoint;
    }

    private IEventSink OpenOutput()
    {
        switch (Output)
        {
            case OutputKind.Stdout:
                return new StandardOutputSink(StandardOutput.OpenBytes());
            case OutputKind.None:
                return new NullSink();
            default:
                string path = EventFileNames.ForRun(options.FileOutput, TimeProvider.System.GetUtcNow());
                var file = new NdjsonFileSink(options.FileOutput.ToSink(path));
                _written.Add(options.FileOutput.Rotates ? Path.ChangeExtension(file.Path, null) + "*.ndjson" : file.Path);
                return file;
        }
    }

    private void Report(ReplaySummary summary)
    {
        if (summary.HasFailed)
        {
            Diagnostics.Error(FormattableString.Invariant($"a part of the engine kept failing: {summary.Counters.Drained:N0} frames were not read"));
        }

        if (_quarantine.Written + _quarantine.Dropped + _quarantine.Failed > 0)
        {
            Diagnostics.Warning(FormattableString.Invariant(
                $"{_quarantine.Written:N0} connections at which the engine failed were kept in {options.ToQuarantineOptions().Directory}, {_quarantine.Dropped + _quarantine.Failed:N0} found no room there"));
        }

        if (arguments.Json)
        {
            Action<string> write = Output == OutputKind.Stdout ? Diagnostics.Text : StandardOutput.Write;
            write(summary.ToJson() + Environment.NewLine);
        }
        else if (!arguments.Quiet)
        {
            using var text = new StringWriter();
            summary.WriteText(text);
            Diagnostics.Text(text.ToString());
        }
    }

    private int Verdict(ReplaySummary summary) =>
        summary.HasFailed ? ExitCode.Failed : arguments.Strict && summary.HasLoss ? ExitCode.Loss : ExitCode.Done;
}
