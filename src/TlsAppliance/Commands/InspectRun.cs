using TlsAppliance.Capture.Inputs;
using TlsAppliance.Configuration;
using TlsAppliance.Events;
using TlsAppliance.Network.Frames;
using TlsAppliance.Reports;
using TlsAppliance.Sessions;
using TlsAppliance.Sinks;

namespace TlsAppliance.Commands;

/// <summary>One <c>inspect</c>: event files are read, captures replayed in memory; only what was asked for comes out.</summary>
internal sealed class InspectRun
{
    private readonly ReplayArguments _arguments;
    private readonly ApplianceOptions _options;
    private readonly ISessionView _view;
    private bool _damaged;

    private InspectRun(ReplayArguments arguments, ApplianceOptions options)
    {
        _arguments = arguments;
        _options = options;
        _view = arguments.Query.IsSpecial ? new QueryView(arguments)
            : arguments.Json ? new JsonLinesView()
            : new TableView(arguments.Rows);
        if (arguments.Query.IsSpecial)
        {
            ShowEverything(options);
        }
    }

    /// <returns>The process's exit code.</returns>
    public static int Execute(ReplayArguments arguments) => ConfiguredOptions.TryLoad(arguments.Configuration, out ApplianceOptions options)
        ? OutputFailures.Guard(new InspectRun(arguments, options).Run)
        : ExitCode.BadConfiguration;

    /// <summary>A field can only be asked for when the event has it. Which layout it is in makes no difference to who asks.</summary>
    private static void ShowEverything(ApplianceOptions options) => options.Events = options.Events with
    {
        Layout = EventLayout.Ecs,
        SendCertificates = true,
        IncludeDetailedFields = true,
        Fingerprints = CertificateFingerprints.Md5 | CertificateFingerprints.Sha1 | CertificateFingerprints.Sha256,
    };

    private int Run()
    {
        EventFiles.Split(_arguments.Inputs, out IReadOnlyList<string> named, out IReadOnlyList<string> captures);
        CaptureInputs inputs = CaptureInputs.Resolve(captures);
        string[] eventFiles = [.. named, .. captures.Where(Directory.Exists).SelectMany(directory => EventFiles.Below(directory, inputs.Files.Select(file => file.Path)))];
        if (eventFiles.Length == 0 && inputs.Files.Count == 0)
        {
            return Diagnostics.NoCaptures(_arguments.Inputs, inputs);
        }

        foreach (string path in eventFiles)
        {
            ReadEvents(path);
        }

        using var signals = StopSignals.Listen();
        ReplayCaptures(inputs, signals);
        int verdict = _view.Show();
        return _damaged ? ExitCode.BadInput : verdict;
    }

    private void ReadEvents(string path)
    {
        var reader = new EventFileReader(path);
        if (reader.Read(document => _view.Take(document, time: null)) is { } problem)
        {
            Diagnostics.Error(problem);
            _damaged = true;
        }
    }

    private void ReplayCaptures(CaptureInputs inputs, StopSignals signals)
    {
        var sink = new SessionRowSink(new NullSink(), _view);
        IReadOnlyList<CaptureFault> faults = inputs.Files.Count == 0
            ? inputs.Faults
            : new CaptureReplay(inputs, _options, sink, LoadArguments.Plain, _arguments.Quiet, signals).RunMerged().Faults;
        foreach (CaptureFault fault in faults)
        {
            Diagnostics.Write(fault);
            _damaged = true;
        }
    }
}
