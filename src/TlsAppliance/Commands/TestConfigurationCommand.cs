using System.CommandLine;
using TlsAppliance.Configuration;
using TlsAppliance.Reports;

namespace TlsAppliance.Commands;

/// <summary><c>test config</c>: reads and judges a configuration, and says all that is wrong with it.</summary>
internal static class TestConfigurationCommand
{
    public static Command Create()
    {
        var switches = new ConfigurationSwitches();
        var json = new Option<bool>("--json") { Description = "One JSON object: ok, errors, warnings, notices, each with file, line, column, option and message." };
        var deny = new Option<bool>("--deny-warnings") { Description = "Warnings count as errors." };
        var command = new Verb(
            "config",
            "Read a configuration and say everything that is wrong with it; exit 78 when something is.",
            "tls-appliance test config -c packetbeat.yml                  Packetbeat's file as it is",
            "tls-appliance test config -c base.yml -c site.yml -E name=a  merged as a run would merge them",
            "tls-appliance test config --json -c a.yml | jq .warnings     for a script")
        {
            json, deny,
        };
        switches.AddTo(command);
        command.SetAction(result => OutputFailures.Guard(() =>
            Execute(switches.Read(result), result.GetValue(json), result.GetValue(deny))));
        return command;
    }

    private static int Execute(ConfigurationArguments arguments, bool json, bool denyWarnings)
    {
        ConfigurationLoader loader = ConfiguredOptions.Load(arguments);
        bool isGood = loader.Errors.Count == 0 && !(denyWarnings && loader.Warnings.Count > 0);
        if (json)
        {
            StandardOutput.Write(ConfigurationJson.WriteVerdict(loader, isGood) + Environment.NewLine);
        }
        else
        {
            Diagnostics.Write(loader, quiet: false);
            StandardOutput.Write(isGood ? "Config OK" + Environment.NewLine : "");
        }

        return isGood ? ExitCode.Done : ExitCode.BadConfiguration;
    }
}
