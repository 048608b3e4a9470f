using System.CommandLine;
using TlsAppliance.Configuration;
using TlsAppliance.Reports;

namespace TlsAppliance.Commands;

/// <summary><c>export config</c>: the options in force, each with its source; secrets are masked.</summary>
internal static class ExportConfigurationCommand
{
    public static Command Create()
    {
        var switches = new ConfigurationSwitches();
        var json = new Option<bool>("--json") { Description = "One JSON object: for each option its value and its source." };
        var changed = new Option<bool>("--changed") { Description = "Only what is set somewhere; defaults are left out." };
        var command = new Verb(
            "config",
            "Print every option with the value in force and where it was set. Secrets are masked.",
            "tls-appliance export config -c packetbeat.yml             all options as YAML",
            "tls-appliance export config --changed -c packetbeat.yml   only what the file sets",
            "tls-appliance export config --json | jq 'keys'            the names of all options")
        {
            changed, json,
        };
        switches.AddTo(command);
        command.SetAction(result => OutputFailures.Guard(() =>
            Execute(switches.Read(result, quiet: true), result.GetValue(json), result.GetValue(changed))));
        return command;
    }

    private static int Execute(ConfigurationArguments arguments, bool json, bool onlyChanged)
    {
        ConfigurationLoader loader = ConfiguredOptions.Load(arguments);
        Diagnostics.Write(loader, arguments.Quiet);
        if (loader.Errors.Count > 0)
        {
            return ExitCode.BadConfiguration;
        }

        EffectiveConfiguration effective = new(loader);
        StandardOutput.Write(json ? ConfigurationJson.WriteValues(effective.Values(onlyChanged)) + Environment.NewLine : effective.ToYaml(onlyChanged));
        return ExitCode.Done;
    }
}
