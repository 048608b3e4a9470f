using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TlsAppliance.Commands;

/// <summary>The usual help, and below it examples of the command that can be tried as they stand.</summary>
internal sealed class ExampleHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly string[] s_ofTheProgram =
    [
        "tls-appliance replay capture.pcap            the sessions of a capture as a table, the events in events/",
        "tls-appliance inspect capture.pcap           the table alone",
        "tls-appliance test config -c packetbeat.yml  what is wrong with a configuration, and what of it is ignored",
        "sudo tls-appliance run -i eth1               the sessions on an interface, until Ctrl-C; doctor says whether the box is fit for it",
        "tls-appliance run -c packetbeat.yml          as a configuration of Packetbeat says",
        "tls-appliance replay --help                  every command has examples",
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        IReadOnlyList<string> examples = parseResult.CommandResult.Command switch
        {
            RootCommand => s_ofTheProgram,
            Verb verb => verb.Examples,
            _ => [],
        };
        if (examples.Count > 0)
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
