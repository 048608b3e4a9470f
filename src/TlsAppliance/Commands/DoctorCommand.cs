using System.CommandLine;
using TlsAppliance.Configuration;
using TlsAppliance.Doctor;
using TlsAppliance.Reports;

namespace TlsAppliance.Commands;

/// <summary><c>doctor</c>: whether this box is fit to capture, and what mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<string[]> devices = SharedOptions.Devices();
        var switches = new ConfigurationSwitches();
        var json = new Option<bool>("--json") { Description = "One JSON object instead of the list." };
        var command = new Verb(
            "doctor",
            "Examine the box and its interfaces: each finding with the command that mends it. Exit 1 when there is a problem, 0 with warnings alone. Changes nothing.",
            "tls-appliance doctor -i eth1                 one interface, and the box",
            "sudo tls-appliance doctor                    every interface that \"any\" takes; as root also what needs CAP_NET_RAW",
            "tls-appliance doctor --json | jq -r '.findings[] | select(.command).command'")
        {
            devices, json,
        };
        switches.AddTo(command);
        command.SetAction(result => OutputFailures.Guard(() => Examine(result.GetValue(devices) ?? [], switches.Read(result), result.GetValue(json))));
        return command;
    }

    private static int Examine(string[] devices, ConfigurationArguments arguments, bool json)
    {
        if (!ConfiguredOptions.TryLoad(arguments, out ApplianceOptions options))
        {
            return ExitCode.BadConfiguration;
        }

        IReadOnlyList<Finding> findings = Examination.Run(ChosenDevices.Of(devices, options), options);
        if (json)
        {
            StandardOutput.Write(DoctorReport.ToJson(findings) + Environment.NewLine);
        }
        else
        {
            using var text = new StringWriter();
            DoctorReport.WriteText(StandardOutput.NewConsole(text), findings, StandardOutput.OutputWidth());
            StandardOutput.Write(text.ToString());
        }

        return DoctorReport.Worst(findings) == Verdict.Problem ? ExitCode.Failed : ExitCode.Done;
    }
}
