using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TlsAppliance.Commands;

/// <summary>The usual help, and below it examples of the command that can be tried as they stand.</summary>
internal sealed class ExampleHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> s_examples = new(StringComparer.Ordinal)
    {
        [""] =
        [
            "tls-appliance replay capture.pcap            the sessions of a capture as a table, the events in events/",
            "tls-appliance inspect capture.pcap           the table alone",
            "tls-appliance replay --help                  more examples",
        ],
        [ReplayCommand.Name] = ReplayCommand.Examples,
        [InspectCommand.Name] = InspectCommand.Examples,
    };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        if (s_examples.TryGetValue(command is RootCommand ? "" : command.Name, out string[]? examples))
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine("  " + example);
            }
        }

        return ExitCode.Done;
    }
}
