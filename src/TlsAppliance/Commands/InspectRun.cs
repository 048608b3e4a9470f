using TlsAppliance.Capture.Inputs;
using TlsAppliance.Configuration;
using TlsAppliance.Network.Frames;
using TlsAppliance.Reports;
using TlsAppliance.Sessions;
using TlsAppliance.Sinks;

namespace TlsAppliance.Commands;

/// <summary>One <c>inspect</c>: event files are read, captures replayed in memory; only the table comes out.</summary>
internal sealed class InspectRun
{
    private readonly ReplayArguments _arguments;
    private readonly ApplianceOptions _options;
    private readonly EarliestRows _rows;
    private readonly SessionRows _sessions;
    private bool _damaged;

    private InspectRun(ReplayArguments arguments, ApplianceOptions options)
    {
        (_arguments, _options, _rows) = (arguments, options, new EarliestRows(arguments.Rows));
        _sessions = arguments.Json
            ? new SessionRows(_ => true, (row, _) => StandardOutput.Write(SessionRowJson.Write(row) + Environment.NewLine))
            : new SessionRows(_rows);
    }

    /// <returns>The process's exit code.</returns>
    public static int Execute(ReplayArguments arguments) => ConfiguredOptions.TryLoad(arguments.Configuration, out ApplianceOptions options)
        ? OutputFailures.Guard(new InspectRun(arguments, options).Run)
        : ExitCode.BadConfiguration;

    private int Run()
    {
        EventFiles.Split(_arguments.Inputs, out IReadOnlyList<string> eventFiles, out IReadOnlyList<string> captures);
        CaptureInputs inputs = CaptureInputs.Resolve(captures);
        if (eventFiles.Count == 0 && inputs.Files.Count == 0)
        {
            return Diagnostics.NoCaptures(_arguments.Inputs, inputs);
        }

        foreach (string path in eventFiles)
        {
            ReadEvents(path);
        }

        ReplayCaptures(inputs);
        if (!_arguments.Json)
        {
            using var text = new StringWriter();
            SessionTable.Write(StandardOutput.NewConsole(text), _rows.InOrder, _sessions.Sessions);
            StandardOutput.Write(text.ToString());
        }

        return _damaged ? ExitCode.BadInput : ExitCode.Done;
    }

    private void ReadEvents(string path)
    {
        var reader = new EventFileReader(path);
        if (reader.Read(_sessions.Take) is { } problem)
        {
            Diagnostics.Error(problem);
            _damaged = true;
        }
    }

    private void ReplayCaptures(CaptureInputs inputs)
    {
        var sink = new SessionRowSink(new NullSink(), _sessions);
        IReadOnlyList<CaptureFault> faults = inputs.Files.Count == 0
            ? inputs.Faults
            : new CaptureReplay(inputs, _options, sink, LoadArguments.Plain, _arguments.Quiet).RunMerged().Faults;
        foreach (CaptureFault fault in faults)
        {
            Diagnostics.Write(fault);
            _damaged = true;
        }
    }
}
