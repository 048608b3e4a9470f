using System.CommandLine;

namespace TlsAppliance.Commands;

/// <summary><c>inspect</c>: the table of sessions alone.</summary>
internal static class InspectCommand
{
    public const string Name = "inspect";

    private static readonly string[] s_examples =
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
        var switches = new ConfigurationSwitches();
        Option<int> rows = SharedOptions.Rows();
        Option<bool> quiet = SharedOptions.Quiet();
        var json = new Option<bool>("--json") { Description = "One JSON object per session instead of the table." };

        var command = new Verb(Name, "Show the TLS sessions of captures or of event files as a table; nothing is written.", s_examples)
        {
            inputs, rows, quiet, json,
        };
        switches.AddTo(command);
        command.SetAction(result => InspectRun.Execute(new ReplayArguments
        {
            Inputs = result.GetValue(inputs)!,
            Output = OutputKind.None,
            Configuration = switches.Read(result, result.GetValue(quiet)),
            Rows = result.GetValue(rows),
            Quiet = result.GetValue(quiet),
            Json = result.GetValue(json),
        }));
        return command;
    }
}
