using System.Text;

namespace TlsAppliance.Reference;

/// <summary>Completion for fish: one <c>complete</c> per command and option.</summary>
internal static class FishCompletion
{
    public static string Write(CommandOutline program)
    {
        var script = new StringBuilder();
        script.Append("# Completion of ").Append(CommandOutline.Program).Append(" for fish, written by: ").Append(CommandOutline.Program).Append(" completion fish\n");
        script.Append("complete -c ").Append(CommandOutline.Program).Append(" -f\n");
        foreach (CommandOutline command in program.All)
        {
            string when = Condition(command);
            foreach (CommandOutline below in command.Commands)
            {
                Complete(script, when, $"-a {below.Name}", below.Description);
            }

            foreach (OptionOutline option in command.Options)
            {
                Complete(script, when, $"{string.Join(' ', option.Names.Select(Flag))}{Offer(option.Value)}", option.Description);
            }

            if (command.Arguments.Any(argument => argument.Kind == ValueKind.File))
            {
                Complete(script, when, "-F", "");
            }
            else if (command.Arguments is [{ Kind: ValueKind.Choice } argument, ..])
            {
                Complete(script, when, $"-a '{string.Join(' ', argument.Choices)}'", "");
            }
        }

        return script.ToString();
    }

    /// <summary>True when exactly the words of this command were typed.</summary>
    private static string Condition(CommandOutline command)
    {
        if (command.Path.Count == 0)
        {
            return "__fish_use_subcommand";
        }

        string seen = string.Join("; and ", command.Path.Select(word => $"__fish_seen_subcommand_from {word}"));
        return command.Commands.Count == 0 ? seen : $"{seen}; and not __fish_seen_subcommand_from {string.Join(' ', command.Commands.Select(below => below.Name))}";
    }

    private static string Flag(string name) => name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : name.Length == 2 ? $"-s {name[1..]}" : $"-o {name[1..]}";

    private static string Offer(ValueOutline value) => value.Kind switch
    {
        ValueKind.None => "",
        ValueKind.Choice => $" -x -a '{string.Join(' ', value.Choices)}'",
        ValueKind.File => " -r -F",
        ValueKind.Directory => " -x -a '(__fish_complete_directories)'",
        ValueKind.Device => " -x -a '(command ls /sys/class/net)'",
        _ => " -x",
    };

    private static void Complete(StringBuilder script, string when, string what, string description)
    {
        script.Append("complete -c ").Append(CommandOutline.Program).Append(" -n '").Append(when).Append("' ").Append(what);
        if (description.Length > 0)
        {
            script.Append(" -d ").Append(Quoted(description));
        }

        script.Append('\n');
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
