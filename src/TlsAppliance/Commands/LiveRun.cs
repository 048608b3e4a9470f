using TlsAppliance.Capture.Live;
using TlsAppliance.Capture.Quarantine;
using TlsAppliance.Configuration;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Logs;
using TlsAppliance.Outputs;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Reports;
using TlsAppliance.Sinks;
using TlsAppliance.Systemd;
using TlsAppliance.Telemetry;

namespace TlsAppliance.Commands;

/// <summary>One <c>run</c>: from the arguments to the exit code.</summary>
internal sealed class LiveRun(RunArguments arguments, ApplianceOptions options, IReadOnlyList<LiveCaptureOptions> interfaces, RunLog log, HangupSignal hangup)
{
    private const string DataRole = "live";

    /// <summary>Part of the ten seconds that a stop has.</summary>
    private static readonly TimeSpan s_lastDelivery = TimeSpan.FromSeconds(2);

    private readonly QuarantineFiles _quarantine = new(options.ToQuarantineOptions());
    private readonly List<string> _written = [];

    /// <summary>What a HUP lets go of.</summary>
    private readonly List<Action> _reopen = [log.Reopen];

    private OutputKind Output { get; } = arguments.Output ?? (options.Outputs is [var first, ..] ? first : "") switch
    {
        "elasticsearch" => OutputKind.Elasticsearch,
        "console" => OutputKind.Stdout,
        _ => OutputKind.File,
    };

    /// <returns>The process's exit code.</returns>
    public static int Execute(RunArguments arguments)
    {
        HangupSignal hangup = HangupSignal.Listen();
        if (!ConfiguredOptions.TryLoad(arguments.Configuration, out ApplianceOptions options))
        {
            return ExitCode.BadConfiguration;
        }

        Choose(arguments, options);
        try
        {
            IReadOnlyList<LiveCaptureOptions> interfaces = LiveInterfaces.Resolve(options);
            using RunLog log = RunLog.Open(options, arguments.Quiet, TimeProvider.System);
            return OutputFailures.Guard(log.Guard(new LiveRun(arguments, options, interfaces, log, hangup).Run));
        }
        catch (LiveCaptureException failure)
        {
            Diagnostics.Error(failure.Message);
            return failure.Failure == LiveCaptureFailure.BadFilter ? ExitCode.BadConfiguration : ExitCode.NoPermission;
        }
    }

    private static void Choose(RunArguments arguments, ApplianceOptions options)
    {
        if (arguments.Interfaces.Count > 0)
        {
            options.Interfaces.Choose(arguments.Interfaces);
        }
    }

    private int Run()
    {
        using var signals = StopSignals.Listen();
        using FirstSources first = FirstSources.Open(interfaces);
        ReplaySummary summary = (Output == OutputKind.Elasticsearch ? Index(first, signals) : Write(first, signals)) with { Written = _written };
        Report(summary);
        return Verdict(summary);
    }

    private ReplaySummary Write(FirstSources first, StopSignals signals)
    {
        using LocalOutput output = LocalOutput.Open(Output, options.FileOutput, TimeProvider.System);
        if (output.Written is { } path)
        {
            _written.Add(path);
        }

        _reopen.Add(output.Reopen);
        return Capture(first, output.Sink, signals);
    }

    /// <summary>What has not arrived when the time of a stop is over waits in the queue on the disk.</summary>
    private ReplaySummary Index(FirstSources first, StopSignals signals)
    {
        using DataDirectory directory = DataDirectory.Take(options.DataPath, DataRole);
        ElasticsearchOutput output = ElasticsearchOutput.Open(options, live: true, directory, log.Tell, log.Warn, TimeProvider.System);
        ReplaySummary summary;
        using (output)
        {
            summary = Capture(first, output.Sink, signals, output);
            output.Drain(s_lastDelivery, CancellationToken.None);
        }

        return summary with { Delivery = output.Report(), Leftover = output.Leftover() };
    }

    private ReplaySummary Capture(FirstSources first, IEventSink output, StopSignals signals, ElasticsearchOutput? delivery = null)
    {
        PipelineOptions engine = options.ToPipelineOptions();
        var events = new EventOptionsSource(engine.Events);
        AppliancePipeline pipeline = AppliancePipeline.ForInterfaces(engine with { EventSource = events }, output, first.Inputs, _quarantine);
        using var reload = new ConfigurationReload(arguments.Configuration, options, events, _reopen, log.Tell, read => Choose(arguments, read), Prepare);
        hangup.Act = () => reload.Reload();

        Action Prepare(ApplianceOptions read)
        {
            Action filter = new FilterReload(first.Captures, options.Pipeline.Ports, log.Tell).Prepare(read);
            Action? connect = delivery?.Prepare(read, log.Tell);
            return () =>
            {
                filter();
                connect?.Invoke();
            };
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        var usage = new ProcessUsageMeter();
        long start = TimeProvider.System.GetTimestamp();
        TimeSpan elapsed;
        PipelineStatus status = pipeline.Status;
        var inputs = new CaptureStatistics(status.Captures, TypeOf);
        var sources = new StatusSources(status)
        {
            Inputs = inputs.Write,
            InputLines = inputs.Lines,
            Name = engine.Events.Sensor,
            OutputName = Output.ToName(),
            Output = delivery is null ? null : delivery.Statistics,
            Complaints = delivery is null ? [] : [delivery.Complaints],
        };
        using (OpenEndpoint(sources))
        using (new CaptureWatch(pipeline.Captures, log.Warn, TimeProvider.System))
        using (arguments.Quiet || options.Logging.ToStandardError ? null : new ReplayProgress(
            Diagnostics.Text, StandardOutput.ErrorWidth, passed => Sample(passed, status), new ProgressBounds(arguments.Duration, 0)))
        {
            if (arguments.Duration > TimeSpan.Zero)
            {
                stop.CancelAfter(arguments.Duration);
            }

            log.Watch(sources);
            Announce();
            using ServiceReporter? manager = ServiceReporter.Start(() => StatusLine(sources), new EnginePulse(status, TimeProvider.System).HasStopped, TimeProvider.System);
            using CancellationTokenRegistration stopping = stop.Token.Register(() => manager?.Stopping());
            pipeline.RunLive(stop.Token);
            elapsed = TimeProvider.System.GetElapsedTime(start);
            output.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            log.End();
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

    private static string StatusLine(StatusSources sources)
    {
        PipelineStatus status = sources.Pipeline;
        PipelineCounters counters = status.Counters();
        string[] complaints = [.. sources.AllComplaints()];
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

    private void Announce() => log.Tell("capturing " + string.Join(", ", interfaces.Select(capture => capture.Threads == 1
        ? capture.Interface
        : FormattableString.Invariant($"{capture.Interface} ({capture.Threads} threads)"))));

    /// <summary>As the configuration calls it.</summary>
    private string TypeOf(string name) => interfaces.First(capture => capture.Interface == name).Type == LiveCaptureType.AfPacket ? "af_packet" : "pcap";

    private StatusEndpoint? OpenEndpoint(StatusSources sources)
    {
        if (!options.Http.Enabled)
        {
            return null;
        }

        StatusEndpoint endpoint = StatusEndpoint.Start(options.Http, sources);
        log.Tell($"metrics at {endpoint.MetricsPlace}");
        return endpoint;
    }

    private void Report(ReplaySummary summary)
    {
        if (summary.HasFailed)
        {
            log.Warn(FormattableString.Invariant($"a part of the engine kept failing: {summary.Counters.Drained:N0} frames were not read"));
        }

        if (_quarantine.Written + _quarantine.Dropped + _quarantine.Failed > 0)
        {
            log.Warn(FormattableString.Invariant(
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
            summary.WriteText(text, StandardOutput.ErrorWidth());
            Diagnostics.Text(text.ToString());
        }
    }

    private int Verdict(ReplaySummary summary) =>
        summary.HasFailed ? ExitCode.Failed : arguments.Strict && summary.HasLoss ? ExitCode.Loss : ExitCode.Done;
}
