using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace TlsAppliance.Commands;

/// <summary>The verbs of the program, and what is said when they are misspelt.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments)
    {
        RootCommand root = Build();
        string[] translated = PacketbeatArguments.Translate(arguments, [.. root.Subcommands.Select(verb => verb.Name)]);
        ParseResult result = root.Parse(translated, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return result.Action is ParseErrorAction ? Refuse(result) : Invoke(result);
    }

    /// <summary>A fault of our own is one line too; it names the type so that a report can find it.</summary>
    private static int Invoke(ParseResult result)
    {
        try
        {
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception fault)
        {
            Diagnostics.Error($"internal error, please report it: {fault.GetType().Name}: {fault.Message} (in {fault.TargetSite?.DeclaringType?.Name})");
            return ExitCode.Failed;
        }
    }

    /// <summary>Every verb, in the order of the help: a new one is one line here.</summary>
    internal static RootCommand Build()
    {
        var root = new RootCommand("Reads network traffic and writes one Elasticsearch event per TLS session, in Packetbeat's field layout.")
        {
            RunCommand.Create(),
            ReplayCommand.Create(),
            InspectCommand.Create(),
            TestCommand.Create(),
            ExportCommand.Create(),
            SetupCommand.Create(),
            DevicesCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
            VersionCommand.Create(),
        };
        root.SetAction(result => ShowHelp(root, result));
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new ExampleHelpAction((HelpAction)help.Action!);
        }

        return root;
    }

    /// <summary>The bare program name: help, but a script that forgot the verb must notice.</summary>
    private static int ShowHelp(RootCommand root, ParseResult result)
    {
        ((SynchronousCommandLineAction)root.Options.OfType<HelpOption>().First().Action!).Invoke(result);
        return ExitCode.Usage;
    }

    private static int Refuse(ParseResult result)
    {
        foreach (string message in UsageComplaints.Of(result))
        {
            Console.Error.WriteLine($"tls-appliance: {Printable.Text(message)}");
        }

        Console.Error.WriteLine($"Try: tls-appliance {PathTo(result.CommandResult)}--help");
        return ExitCode.Usage;
    }

    /// <summary><c>test config </c>; empty for the program itself.</summary>
    private static string PathTo(CommandResult command) =>
        command.Command is RootCommand ? "" : $"{(command.Parent is CommandResult parent ? PathTo(parent) : "")}{command.Command.Name} ";
}
