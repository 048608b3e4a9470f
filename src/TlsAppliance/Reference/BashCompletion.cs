using System.Text;

namespace TlsAppliance.Reference;

/// <summary>Completion for bash: one function that needs nothing of the bash-completion package.</summary>
internal static class BashCompletion
{
    public static string Write(CommandOutline program)
    {
        var script = new StringBuilder();
        Line(script, 0, $"# Completion of {CommandOutline.Program} for bash, written by: {CommandOutline.Program} completion bash");
        Line(script, 0, "_tls_appliance() {");
        Line(script, 1, "local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command='' word values='' options='' files='' i");
        Line(script, 1, "for ((i = 1; i < COMP_CWORD; i++)); do");
        Line(script, 2, "word=${COMP_WORDS[i]}");
        Line(script, 2, "case \"$command $word\" in");
        Line(script, 3, string.Join(" | ", program.All.Where(command => command.Path.Count > 0).Select(command => $"'{Before(command)} {command.Name}'")) + ") command=\"${command:+$command }$word\" ;;");
        Line(script, 2, "esac");
        Line(script, 1, "done");
        Line(script, 1, "case \"$command\" in");
        foreach (CommandOutline command in program.All)
        {
            WriteCommand(script, command);
        }

        Line(script, 1, "esac");
        Line(script, 1, "if [[ $current == -* ]]; then values=$options files=''; fi");
        Line(script, 1, "COMPREPLY=()");
        Line(script, 1, "while IFS= read -r word; do COMPREPLY+=(\"$word\"); done < <(");
        Line(script, 2, "compgen -W \"$values\" -- \"$current\"");
        Line(script, 2, "case $files in file) compgen -f -- \"$current\" ;; directory) compgen -d -- \"$current\" ;; esac");
        Line(script, 1, ")");
        Line(script, 1, "if [[ -n $files ]]; then compopt -o filenames 2>/dev/null; fi");
        Line(script, 1, "return 0");
        Line(script, 0, "}");
        Line(script, 0, $"complete -F _tls_appliance {CommandOutline.Program}");
        return script.ToString();
    }

    private static void WriteCommand(StringBuilder script, CommandOutline command)
    {
        Line(script, 2, $"'{string.Join(' ', command.Path)}')");
        Line(script, 3, $"options='{string.Join(' ', command.Options.SelectMany(option => option.Names))}'");
        Line(script, 3, "case \"$previous\" in");
        foreach (OptionOutline option in command.Options.Where(option => option.Value.Kind != ValueKind.None))
        {
            Line(script, 4, $"{string.Join(" | ", option.Names)}) {Offer(option.Value, "options=''")} ;;");
        }

        ValueOutline argument = command.Arguments.FirstOrDefault(ValueOutline.None);
        string otherwise = command.Commands.Count > 0 ? $"values='{string.Join(' ', command.Commands.Select(below => below.Name))}'" : Offer(argument, ":");
        Line(script, 4, $"*) {otherwise} ;;");
        Line(script, 3, "esac");
        Line(script, 3, ";;");
    }

    private static string Offer(ValueOutline value, string nothing) => value.Kind switch
    {
        ValueKind.Choice => $"values='{string.Join(' ', value.Choices)}'",
        ValueKind.File => "files=file",
        ValueKind.Directory => "files=directory",
        ValueKind.Device => "values=$(ls /sys/class/net 2>/dev/null)",
        _ => nothing,
    };

    private static string Before(CommandOutline command) => string.Join(' ', command.Path.SkipLast(1));

    private static void Line(StringBuilder script, int depth, string text) => script.Append(' ', depth * 4).Append(text).Append('\n');
}
