using System.Text;

namespace TlsAppliance.Reference;

/// <summary>Completion for zsh: a function per command, in the language of <c>_arguments</c>.</summary>
internal static class ZshCompletion
{
    public static string Write(CommandOutline program)
    {
        var script = new StringBuilder();
        script.Append("#compdef ").Append(CommandOutline.Program).Append('\n');
        script.Append("# Completion for zsh, written by: ").Append(CommandOutline.Program).Append(" completion zsh\n");
        foreach (CommandOutline command in program.All)
        {
            WriteFunction(script, command);
        }

        script.Append("if [ \"$funcstack[1]\" = \"_tls-appliance\" ]; then _tls-appliance \"$@\"; else compdef _tls-appliance ").Append(CommandOutline.Program).Append("; fi\n");
        return script.ToString();
    }

    private static void WriteFunction(StringBuilder script, CommandOutline command)
    {
        script.Append(FunctionName(command)).Append("() {\n");
        if (command.Commands.Count == 0)
        {
            script.Append("    _arguments");
            Options(script, command);
            foreach (ValueOutline argument in command.Arguments)
            {
                script.Append(" \\\n        '*:").Append(argument.Name.ToLowerInvariant()).Append(':').Append(Offer(argument)).Append('\'');
            }

            script.Append("\n}\n");
            return;
        }

        script.Append("    local context state line\n    _arguments -C");
        Options(script, command);
        script.Append(" \\\n        '1: :->command' \\\n        '*:: :->rest'\n");
        script.Append("    case $state in\n        command)\n            local -a commands=(\n");
        foreach (CommandOutline below in command.Commands)
        {
            script.Append("                '").Append(below.Name).Append(':').Append(Escaped(below.Description)).Append("'\n");
        }

        script.Append("            )\n            _describe command commands ;;\n        rest)\n            case $line[1] in\n");
        foreach (CommandOutline below in command.Commands)
        {
            script.Append("                ").Append(below.Name).Append(") ").Append(FunctionName(below)).Append(" ;;\n");
        }

        script.Append("            esac ;;\n    esac\n}\n");
    }

    private static void Options(StringBuilder script, CommandOutline command)
    {
        foreach (OptionOutline option in command.Options)
        {
            string value = option.Value.Kind == ValueKind.None ? "" : $":{option.Value.Name.ToLowerInvariant().Replace(':', ' ')}:{Offer(option.Value)}";
            foreach (string name in option.Names)
            {
                script.Append(" \\\n        '*").Append(name).Append('[').Append(Escaped(option.Description)).Append(']').Append(value).Append('\'');
            }
        }
    }

    private static string FunctionName(CommandOutline command) => "_" + string.Join('-', command.Path.Prepend(CommandOutline.Program));

    private static string Offer(ValueOutline value) => value.Kind switch
    {
        ValueKind.Choice => $"({string.Join(' ', value.Choices)})",
        ValueKind.File => "_files",
        ValueKind.Directory => "_files -/",
        ValueKind.Device => "($(command ls /sys/class/net))",
        _ => " ",
    };

    /// <summary>Within single quotes, where brackets and colons part the pieces.</summary>
    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal)
        .Replace("'", "'\\''", StringComparison.Ordinal);
}
