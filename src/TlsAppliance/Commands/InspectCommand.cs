using System.CommandLine;
using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Commands;

/// <summary><c>inspect</c>: the sessions of captures or event files, for a person.</summary>
internal static class InspectCommand
{
    public const string Name = "inspect";

    private static readonly string[] s_examples =
    [
        "tls-appliance inspect capture.pcap                            what TLS is in there",
        "tls-appliance inspect events/*.ndjson                         events of an earlier run, in either layout",
        "tls-appliance inspect --session 3 capture.pcap                the third in detail: time line, offered and chosen, certificates",
        "tls-appliance inspect --filter version=1.0 --filter \"sni=*.example.org\" captures/",
        "tls-appliance inspect --filter \"not_after<30d and not issuer=*Lab*\" --sort not_after capture.pcap",
        "tls-appliance inspect --filter \"server=10.0.0.0/8 and (alert or not established=true)\" capture.pcap",
        "tls-appliance inspect --top ja4 captures/                     which clients, how often",
        "tls-appliance inspect --fields time,client,sni,ja4,tls.server.hash.sha256 capture.pcap",
        "tls-appliance inspect --json --fields sni,cipher capture.pcap  one JSON object per session",
    ];

    public static Command Create()
    {
        var inputs = new Argument<string[]>("CAPTURE|NDJSON")
        {
            Description = "Captures, directories of them, - for a capture on standard input, or NDJSON files of events and directories of those.",
            Arity = ArgumentArity.OneOrMore,
        };
        SharedOptions.RefuseOptions(inputs);
        var switches = new ConfigurationSwitches();
        var filters = new Option<string[]>("--filter", "-f")
        {
            Description = "Only sessions for which this holds: FIELD, FIELD=VALUE, !=, <, <=, >, >=, and, or, not, ( ). Values may have * and ?, or be networks, dates, or times from the session on (30d). Several must all hold.",
            HelpName = "EXPRESSION",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var sort = new Option<string>("--sort") { Description = "Order by a field; FIELD:desc turns it round. Without it: by time.", HelpName = "FIELD" };
        var top = new Option<string>("--top") { Description = "Count the values of a field instead.", HelpName = "FIELD" };
        var fields = new Option<string>("--fields")
        {
            Description = $"These columns instead of the usual ones: paths of either layout, or {string.Join(", ", SessionField.ShortNames)}.",
            HelpName = "A,B",
        };
        var session = new Option<string>("--session", "-s") { Description = "One session in detail: its number in the table, or the beginning of its event.id.", HelpName = "N|ID" };
        fields.CompletionSources.Add([.. SessionField.ShortNames]);
        sort.CompletionSources.Add([.. SessionField.ShortNames]);
        top.CompletionSources.Add([.. SessionField.ShortNames]);
        Option<int> rows = SharedOptions.Rows();
        Option<bool> quiet = SharedOptions.Quiet();
        var json = new Option<bool>("--json") { Description = "One JSON object per session (or per value of --top; with --session the event itself) instead of text." };

        var command = new Verb(Name, "Show the TLS sessions of captures or of event files; nothing is written.", s_examples)
        {
            inputs, session, filters, sort, top, fields, rows, quiet, json,
        };
        switches.AddTo(command);
        command.SetAction(result =>
        {
            try
            {
                return InspectRun.Execute(new ReplayArguments
                {
                    Inputs = result.GetValue(inputs)!,
                    Output = OutputKind.None,
                    Configuration = switches.Read(result, result.GetValue(quiet)),
                    Query = SessionQuery.Parse(
                        result.GetValue(filters) ?? [], result.GetValue(sort), result.GetValue(top), result.GetValue(fields), result.GetValue(session)),
                    Rows = result.GetValue(rows),
                    Quiet = result.GetValue(quiet),
                    Json = result.GetValue(json),
                });
            }
            catch (QueryException wrong)
            {
                return Diagnostics.Refuse(wrong.Message);
            }
        });
        return command;
    }
}
