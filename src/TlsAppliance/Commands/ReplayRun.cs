using TlsAppliance.Capture.Inputs;
using TlsAppliance.Configuration;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Logs;
using TlsAppliance.Outputs;
using TlsAppliance.Reports;
using TlsAppliance.Sinks;
using TlsAppliance.Sessions;

namespace TlsAppliance.Commands;

/// <summary>One <c>replay</c>: from the arguments to the exit code.</summary>
internal sealed class ReplayRun(ReplayArguments arguments, ApplianceOptions options, CaptureInputs inputs, RunLog log)
{
    /// <summary>Whose part of <c>path.data</c> a replay has.</summary>
    public const string DataRole = "replay";

    private readonly List<string> _written = [];

    /// <summary>A table goes with events in files, unless the output is for a script.</summary>
    private bool ShowsTable => !arguments.Json && arguments.Output == OutputKind.File;

    /// <returns>The process's exit code.</returns>
    public static int Execute(ReplayArguments arguments)
    {
        if (!ConfiguredOptions.TryLoad(arguments.Configuration, out ApplianceOptions options))
        {
            return ExitCode.BadConfiguration;
        }

        CaptureInputs inputs = CaptureInputs.Resolve(arguments.Inputs);
        if (inputs.Files.Count == 0)
        {
            return Diagnostics.NoCaptures(arguments.Inputs, inputs);
        }

        if (ReplaySource.Objection(inputs, arguments.Load) is { } objection)
        {
            return Diagnostics.Refuse(objection);
        }

        if (Environment.ProcessorCount == 1)
        {
            BatchScheduling.Begin();
        }

        using RunLog log = RunLog.OpenForReplay(options, arguments.Quiet, TimeProvider.System);
        return OutputFailures.Guard(log.Guard(new ReplayRun(arguments.WithOutput(options.Outputs), options, inputs, log).Run));
    }

    private int Run()
    {
        using ReplayReport? report = arguments.ReportPath is { } path ? new ReplayReport(path) : null;
        using var signals = StopSignals.Listen();
        log.Note(FormattableString.Invariant($"replay, captures: {inputs.Files.Count}, output: {arguments.Output.ToName()}"));
        ReplaySummary summary = ShowsTable ? ReplayToTable(signals) : Replay(null, signals);

        Report(summary);
        report?.Write(arguments, summary);
        return Verdict(summary, arguments.Strict);
    }

    private ReplaySummary ReplayToTable(StopSignals signals)
    {
        var earliest = new EarliestRows(arguments.Rows);
        var rows = new SessionRows(earliest);
        ReplaySummary summary = Replay(rows, signals);
        ShowTable(earliest, rows.Sessions);
        return summary;
    }

    /// <param name="rows">Takes the events on their way, if anybody wants to see them.</param>
    /// <param name="signals">End it early.</param>
    private ReplaySummary Replay(SessionRows? rows, StopSignals signals)
    {
        if (arguments.Output == OutputKind.Elasticsearch)
        {
            return Index(signals);
        }

        if (arguments.PerFileDirectory is not { } directory)
        {
            using LocalOutput output = LocalOutput.Open(arguments.Output, options.FileOutput, TimeProvider.System);
            if (output.Written is { } path)
            {
                _written.Add(path);
            }

            return NewReplay(output.Sink, rows, signals).RunMerged() with { Written = _written };
        }

        using var perFile = new PerFileSink(directory);
        ReplaySummary summary = NewReplay(perFile, rows, signals).RunEach(input => _written.Add(perFile.Begin(input.OutputName)));
        if (summary.Stopped && _written.Count > 0)
        {
            _written.RemoveAt(_written.Count - 1);
        }
        else
        {
            perFile.Complete();
        }

        return summary with { Written = _written };
    }

    private ReplaySummary Index(StopSignals signals)
    {
        using DataDirectory directory = DataDirectory.Take(options.DataPath, DataRole);
        ElasticsearchOutput output = ElasticsearchOutput.Open(options, live: false, directory, log.Tell, log.Warn, TimeProvider.System);
        ReplaySummary summary;
        using (output)
        {
            summary = New(output.Patient(arguments.Wait), signals, output).RunMerged();
        }

        return summary with { Delivery = output.Report() };
    }

    private CaptureReplay NewReplay(IEventSink output, SessionRows? rows, StopSignals signals) =>
        New(rows is null ? output : new SessionRowSink(output, rows), signals);

    private CaptureReplay New(IEventSink sink, StopSignals signals, ElasticsearchOutput? output = null) =>
        new(inputs, options, sink, arguments.Load, arguments.Quiet, signals)
        {
            Log = log,
            Output = output,
            OutputName = arguments.Output.ToName(),
            Patience = arguments.Wait,
        };

    private void ShowTable(EarliestRows earliest, long sessions)
    {
        using var text = new StringWriter();
        SessionTable.Write(StandardOutput.NewConsole(text), earliest.InOrder, sessions);
        text.WriteLine($"Events: {Printable.Text(arguments.PerFileDirectory is { } directory ? Path.Combine(directory, "*.ndjson") : _written[0])}");
        StandardOutput.Write(text.ToString());
    }

    private void Report(ReplaySummary summary)
    {
        foreach (Network.Frames.CaptureFault fault in summary.Faults)
        {
            log.Complain(Diagnostics.Describe(fault));
        }

        if (summary.HasFailed)
        {
            log.Complain(FormattableString.Invariant($"a part of the engine kept failing: {summary.Counters.Drained:N0} frames were not read"));
        }

        if (summary.Leftover is { } leftover)
        {
            log.Complain(leftover);
        }

        if (arguments.Json)
        {
            Action<string> write = arguments.Output == OutputKind.Stdout ? Diagnostics.Text : StandardOutput.Write;
            write(summary.ToJson() + Environment.NewLine);
        }
        else if (!arguments.Quiet)
        {
            using var text = new StringWriter();
            summary.WriteText(text, StandardOutput.ErrorWidth());
            Diagnostics.Text(text.ToString());
        }
    }

    internal static int Verdict(ReplaySummary summary, bool strict)
    {
        if (summary.HasFailed)
        {
            return ExitCode.Failed;
        }

        if (summary.Leftover is not null && !summary.Stopped)
        {
            return ExitCode.Unreachable;
        }

        if (summary.Faults.Count > 0)
        {
            return ExitCode.BadInput;
        }

        return strict && summary.HasLoss ? ExitCode.Loss : ExitCode.Done;
    }
}
