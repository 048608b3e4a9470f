using System.Text;

namespace TlsAppliance.Configuration;

/// <summary>Writes the file that shows every option: generated, so that it cannot lag behind the registry.</summary>
internal static class ReferenceConfiguration
{
    private const int LineWidth = 120;

    private const string Header =
        """
        # Every option of TLS Appliance with its default. Nothing here needs to be set; copy what you change.
        # Names may be dotted or nested. Packetbeat's own files are read as they are: options of Beats that are not listed here are
        # ignored with a warning, names that nobody knows are errors. Command line: -E name=value wins over files, flags win over -E.
        #
        # Values: durations 10s, 500ms, 1m30s (a bare number: seconds); sizes 64KiB = 65536, 64KB = 64000 (a bare number: bytes).

        """;

    public static string Write(OptionRegistry registry)
    {
        var text = new StringBuilder(Header);
        foreach (OptionDefinition option in registry.All)
        {
            text.Append('\n');
            Comment(text, option.Help);
            Comment(text, $"Takes {option.Expected}.{(option.DefaultMatches is null ? "" : $" The default matches {option.DefaultMatches}.")}");
            text.Append('#').Append(option.Key).Append(": ").Append(option.DefaultText).Append('\n');
        }

        return text.ToString();
    }

    private static void Comment(StringBuilder text, string sentence)
    {
        int column = 1;
        text.Append('#');
        foreach (string word in sentence.Split(' '))
        {
            if (column + 1 + word.Length > LineWidth)
            {
                text.Append("\n#");
                column = 1;
            }

            text.Append(' ').Append(word);
            column += 1 + word.Length;
        }

        text.Append('\n');
    }
}
