using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace TlsAppliance.Commands;

/// <summary>The verbs of the program, and what is said when they are misspelt.</summary>
internal static class CommandLine
{
    /// <summary>What asks for help anywhere on a line.</summary>
    private static readonly string[] s_help = ["--help", "-h", "/h", "-?", "/?"];

    /// <summary>Arguments that begin with an at sign are names of captures as any other.</summary>
    private static readonly ParserConfiguration s_configuration = new() { ResponseFileTokenReplacer = null };

    public static int Run(string[] arguments)
    {
        if (ParseReplay(arguments) is { } replay)
        {
            return Invoke(replay);
        }

        RootCommand root = Build();
        string[] translated = PacketbeatArguments.Translate(arguments, [.. root.Subcommands.Select(verb => verb.Name)]);
        ParseResult result = root.Parse(translated, s_configuration);
        return result.Action is ParseErrorAction ? Refuse(result) : Invoke(result);
    }

    /// <summary>
    /// A <c>replay</c> without a slip, parsed without the other verbs and without the library's help, whose texts take longer to load than a small capture to read. Null: the line wants
    /// more than that, or has to be complained about.
    /// </summary>
    internal static ParseResult? ParseReplay(string[] arguments)
    {
        if (arguments is not [ReplayCommand.Name, ..] || arguments.Any(argument => s_help.Contains(argument)))
        {
            return null;
        }

        ParseResult result = ReplayCommand.Create().Parse(arguments, s_configuration);
        return result.Errors.Count == 0 && result.UnmatchedTokens.Count == 0 ? result : null;
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
