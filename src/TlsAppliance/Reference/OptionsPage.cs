using System.Text;
using TlsAppliance.Configuration;

namespace TlsAppliance.Reference;

/// <summary>Every option as a page of Markdown.</summary>
internal static class OptionsPage
{
    private const string Head =
        """
        # Options

        Every option with its default. This page is written by `tls-appliance export options` from the list that also reads the configuration; a test holds it.
        The same as a file to copy from: [tls-appliance.reference.yml](tls-appliance.reference.yml).

        Names may be dotted or nested, and `tls.X` on the command line is short for `packetbeat.protocols.tls.X`. Durations are `10s`, `500ms`, `1m30s` (a bare
        number: seconds), sizes `64KiB` = 65536, `64KB` = 64000 (a bare number: bytes). Options of Beats that are not here are ignored with a warning; a name that nobody knows is an error.

        """;

    public static string Write(OptionRegistry registry)
    {
        var page = new StringBuilder(Head);
        foreach (IGrouping<string, OptionDefinition> group in registry.All.GroupBy(Section))
        {
            page.Append("\n## ").Append(group.Key).Append("\n\n| option | default | takes | what it does |\n| --- | --- | --- | --- |\n");
            foreach (OptionDefinition option in group)
            {
                page.Append("| `").Append(option.Key).Append("` | ").Append(Default(option)).Append(" | ").Append(Cell(option.Expected)).Append(" | ").Append(Cell(option.Help))
                    .Append(option.DefaultMatches is null ? "" : $" Default: as {Cell(option.DefaultMatches)}.")
                    .Append(option.Aliases.Count == 0 ? "" : $" Also: {string.Join(", ", option.Aliases.Select(alias => $"`{alias}`"))}.")
                    .Append(" |\n");
            }
        }

        return page.ToString();
    }

    /// <summary>As many words of the name as make a section that a reader would look for.</summary>
    private static string Section(OptionDefinition option)
    {
        string[] words = option.Key.Split('.');
        return words.Length switch
        {
            1 => "General",
            2 => words[0],
            _ => $"{words[0]}.{words[1]}",
        };
    }

    private static string Default(OptionDefinition option) => option.DefaultText is "" or "\"\"" ? "" : $"`{option.DefaultText.ReplaceLineEndings(" ")}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
