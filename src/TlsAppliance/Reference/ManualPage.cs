using System.Globalization;
using System.Text;
using TlsAppliance.Commands;

namespace TlsAppliance.Reference;

/// <summary>The manual page tls-appliance(1): the help of all commands, and what belongs to none of them.</summary>
internal static class ManualPage
{
    /// <summary>Escapes make a line longer; mandoc minds more than 80.</summary>
    private const int SourceWidth = 70;

    private static readonly (string Path, string Meaning)[] s_files =
    [
        ("/etc/tls-appliance/tls-appliance.yml", "Configuration of the service."),
        ("/usr/share/doc/tls-appliance/tls-appliance.reference.yml", "Every option with its default."),
        ("/var/lib/tls-appliance", "What must survive a restart: the queue on disk, dead letters."),
        ("/var/log/tls-appliance", "Logs of the service."),
    ];

    private static readonly (string Name, string Meaning)[] s_environment =
    [
        ("NO_COLOR", "Not empty: no colours."),
        ("COLUMNS", "Width of tables where there is no terminal."),
        ("NOTIFY_SOCKET, WATCHDOG_USEC, CREDENTIALS_DIRECTORY", "Set by systemd: readiness, watchdog, and secrets for the configuration."),
    ];

    private static readonly (string Name, string Meaning)[] s_signals =
    [
        ("INT, TERM", "The first stops cleanly within 10 s, the second at once."),
    ];

    public static string Write(CommandOutline program, string version)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $".TH TLS\\-APPLIANCE 1 \"\" \"tls\\-appliance {Text(version)}\" \"TLS Appliance\"\n");
        Section(page, "NAME");
        page.Append("tls\\-appliance \\- one event per TLS session, from a SPAN port or from captures\n");
        Section(page, "SYNOPSIS");
        bool first = true;
        foreach (CommandOutline command in program.All.Where(command => command.Commands.Count == 0))
        {
            page.Append(first ? "" : ".br\n");
            first = false;
            Synopsis(page, command);
        }

        Section(page, "DESCRIPTION");
        Paragraph(page, program.Description);
        Section(page, "COMMANDS");
        foreach (CommandOutline command in program.All.Where(command => command.Path.Count > 0))
        {
            Command(page, command);
        }

        Definitions(page, "EXIT STATUS", ExitCodeMeanings.All.Select(known => (known.Code.ToString(CultureInfo.InvariantCulture), known.Meaning)));
        Definitions(page, "SIGNALS", s_signals);
        Definitions(page, "ENVIRONMENT", s_environment);
        Definitions(page, "FILES", s_files);
        Section(page, "SEE ALSO");
        page.Append(".BR tcpdump (8),\n.BR tcpreplay (1),\n.BR systemd.service (5)\n");
        return page.ToString();
    }

    private static void Synopsis(StringBuilder page, CommandOutline command)
    {
        page.Append(".B ").Append(Text(string.Join(' ', command.Path.Prepend(CommandOutline.Program)))).Append("\n.RI [ options ]\n");
        foreach (ValueOutline argument in command.Arguments)
        {
            page.Append(".I ").Append(Text(argument.Name)).Append(argument.IsRepeated ? "\n.RI ...\n" : "\n");
        }
    }

    private static void Command(StringBuilder page, CommandOutline command)
    {
        page.Append(".SS ").Append(Text(string.Join(' ', command.Path))).Append('\n');
        Paragraph(page, command.Description);
        if (command.Commands.Count > 0)
        {
            return;
        }

        foreach (OptionOutline option in command.Options)
        {
            page.Append(".TP\n");
            page.Append(string.Join(", ", option.Names.Select(name => $"\\fB{Text(name)}\\fR")));
            page.Append(option.Value.Kind == ValueKind.None ? "\n" : $" \\fI{Text(option.Value.Name)}\\fR\n");
            Paragraph(page, option.Description);
        }

        if (command.Examples.Count > 0)
        {
            page.Append(".PP\nExamples:\n.PP\n.nf\n.RS\n");
            foreach (string example in command.Examples)
            {
                page.Append(Text(example)).Append('\n');
            }

            page.Append(".RE\n.fi\n");
        }
    }

    private static void Definitions(StringBuilder page, string title, IEnumerable<(string Term, string Meaning)> definitions)
    {
        Section(page, title);
        foreach ((string term, string meaning) in definitions)
        {
            page.Append(".TP\n.B ").Append(Text(term)).Append('\n');
            Paragraph(page, meaning);
        }
    }

    private static void Section(StringBuilder page, string title) => page.Append(".SH ").Append(title).Append('\n');

    /// <summary>A sentence in source lines of the usual width.</summary>
    private static void Paragraph(StringBuilder page, string text)
    {
        var line = new StringBuilder();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > SourceWidth)
            {
                page.Append(Text(line.ToString())).Append('\n');
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        page.Append(Text(line.ToString())).Append('\n');
    }

    /// <summary>Plain text as roff takes it: no line of it may be a request, and a hyphen stays one.</summary>
    internal static string Text(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.Length > 0 && escaped[0] is '.' or '\'' ? "\\&" + escaped : escaped;
    }
}
