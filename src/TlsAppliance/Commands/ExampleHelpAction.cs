using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using TlsAppliance.Reports;

namespace TlsAppliance.Commands;

/// <summary>The usual help, and below it examples of the command that can be tried as they stand.</summary>
internal sealed class ExampleHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    private const int Indent = 2;
    private const int ExplanationIndent = 8;
    private const int MinimumText = 20;

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
            Write(parseResult.InvocationConfiguration.Output, examples, StandardOutput.OutputWidth());
        }

        return ExitCode.Done;
    }

    /// <summary>Beside each command what it does. Where there is no room for that, below it: a command must be on one line, as it is to be pasted.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="examples">Command and explanation, with two blanks or more between them.</param>
    /// <param name="width">Columns of the terminal; null: there is none.</param>
    internal static void Write(TextWriter output, IReadOnlyList<string> examples, int? width)
    {
        output.WriteLine("Examples:");
        bool fits = width is not { } columns || examples.All(example => example.Length + Indent <= columns);
        foreach (string example in examples)
        {
            int end = fits ? -1 : example.IndexOf("  ", StringComparison.Ordinal);
            output.WriteLine(new string(' ', Indent) + (end < 0 ? example : example[..end]));
            foreach (string line in end < 0 ? [] : Folding.Lines(example[end..].Trim(), Math.Max(width!.Value - ExplanationIndent, MinimumText)))
            {
                output.WriteLine(new string(' ', ExplanationIndent) + line);
            }
        }
    }
}
