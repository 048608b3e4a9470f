using System.CommandLine;

namespace TlsAppliance.Commands;

/// <summary><c>inspect</c>: the table of sessions alone.</summary>
internal static class InspectCommand
{
    public const string Name = "inspect";

    public static readonly string[] Examples =
    [
        "tls-appliance inspect capture.pcap          what TLS is in there",
        "tls-appliance inspect events/*.ndjson       events of an earlier replay, in either layout",
        "tls-appliance inspect --rows 1000 captures/ more rows",
        "tls-appliance inspect --json capture.pcap   one JSON object per row",
    ];

    public static Command Create()
    {
        var inputs = new Argument<string[]>("input")
        {
            Description = "Captures, directories of them, - for a capture on standard input, or NDJSON files of events.",
            HelpName = "CAPTURE|NDJSON",
            Arity = ArgumentArity.OneOrMore,
        };
        SharedOptions.RefuseOptions(inputs);
        Option<string[]> files = SharedOptions.ConfigurationFiles();
        Option<string[]> settings = SharedOptions.Settings();
        Option<int> rows = SharedOptions.Rows();
        Option<bool> quiet = SharedOptions.Quiet();
        var json = new Option<bool>("--json") { Description = "One JSON object per session instead of the table." };

        var command = new Command(Name, "Show the TLS sessions of captures or of event files as a table; nothing is written.")
        {
            inputs, files, settings, rows, quiet, json,
        };
        command.SetAction(result => InspectRun.Execute(new ReplayArguments
        {
            Inputs = result.GetValue(inputs)!,
            Output = OutputKind.None,
            ConfigurationFiles = result.GetValue(files) ?? [],
            Settings = result.GetValue(settings) ?? [],
            Rows = result.GetValue(rows),
            Quiet = result.GetValue(quiet),
            Json = result.GetValue(json),
        }));
        return command;
    }
}
