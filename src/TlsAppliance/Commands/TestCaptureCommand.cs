using System.CommandLine;
using TlsAppliance.Capture.Live;
using TlsAppliance.Configuration;
using TlsAppliance.Configuration.Values;
using TlsAppliance.Doctor;
using TlsAppliance.Reports;
using TlsAppliance.Span;

namespace TlsAppliance.Commands;

/// <summary><c>test capture</c>: looks at an interface for a few seconds and says whether it is a good SPAN.</summary>
internal static class TestCaptureCommand
{
    private const string Usual = "3s";

    private static readonly DurationFormat s_durations = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));

    public static Command Create()
    {
        Option<string[]> devices = SharedOptions.Devices();
        var switches = new ConfigurationSwitches();
        var duration = new Option<string>("--duration") { Description = "How long to look, such as 3s or 1m.", HelpName = "TIME", DefaultValueFactory = _ => Usual };
        var json = new Option<bool>("--json") { Description = "Figures and findings as one JSON object instead of the list." };
        duration.Validators.Add(result =>
        {
            if (!TryReadDuration(result.Tokens.Count == 0 ? Usual : result.Tokens[0].Value, out _))
            {
                result.AddError($"--duration: expected {s_durations.Expected}, found \"{result.Tokens[0].Value}\"");
            }
        });
        var command = new Verb(
            "capture",
            "Look at an interface for 3 s and say whether it is a good SPAN: drops, one-way connections, copies, bytes never seen, tunnels, TLS. Exit 1 when it is not.",
            "sudo tls-appliance test capture -i eth1                 is this port mirrored as it should be",
            "sudo tls-appliance test capture -i eth1 --duration 1m   the same, for quiet links",
            "sudo tls-appliance test capture --json | jq .verdict    for a script")
        {
            devices, duration, json,
        };
        switches.AddTo(command);
        command.SetAction(result => OutputFailures.Guard(() =>
        {
            _ = TryReadDuration(result.GetValue(duration)!, out TimeSpan time);
            return ConfiguredOptions.TryLoad(switches.Read(result), out ApplianceOptions options)
                ? Execute(ChosenDevices.Of(result.GetValue(devices) ?? [], options), time, result.GetValue(json))
                : ExitCode.BadConfiguration;
        }));
        return command;
    }

    private static bool TryReadDuration(string text, out TimeSpan duration) =>
        s_durations.TryParse(text, out duration);

    private static int Execute(IReadOnlyList<string> devices, TimeSpan duration, bool json)
    {
        if (devices.Count == 0)
        {
            return Diagnostics.Refuse("no interface to look at; tls-appliance devices lists them all");
        }

        try
        {
            using var signals = StopSignals.Listen();
            SpanReading[] readings = ObserveAll(devices, duration, signals.Token);
            Report([.. readings.Select(reading => (reading, SpanJudgement.Judge(reading)))], json);
            return readings.Any(reading => DoctorReport.Worst(SpanJudgement.Judge(reading)) == Verdict.Problem) ? ExitCode.Failed : ExitCode.Done;
        }
        catch (AggregateException failures) when (failures.InnerExceptions.OfType<LiveCaptureException>().FirstOrDefault() is { } failure)
        {
            Diagnostics.Error(failure.Message);
            return ExitCode.NoPermission;
        }
    }

    /// <summary>All at the same time: what one shows is compared with the others.</summary>
    private static SpanReading[] ObserveAll(IReadOnlyList<string> devices, TimeSpan duration, CancellationToken stop)
    {
        Task<SpanReading>[] tasks = [.. devices.Select(device => Task.Factory.StartNew(
            () => SpanObserver.Observe(device, duration, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WaitAll(tasks, CancellationToken.None);
        return [.. tasks.Select(task => task.Result)];
    }

    private static void Report((SpanReading Reading, IReadOnlyList<Finding> Findings)[] spans, bool json)
    {
        if (json)
        {
            StandardOutput.Write(SpanJson.Write(spans) + Environment.NewLine);
            return;
        }

        using var text = new StringWriter();
        DoctorReport.WriteText(
            StandardOutput.NewConsole(text),
            [.. spans.SelectMany(span => span.Findings)],
            string.Join(Environment.NewLine, spans.Select(span => SpanJudgement.Conclude(span.Reading.Device, span.Findings))),
            StandardOutput.OutputWidth());
        StandardOutput.Write(text.ToString());
    }
}
