using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;
using TlsAppliance.Sinks;

namespace TlsAppliance.Reports;

/// <summary>The process's standard output: bytes for events, a console for tables.</summary>
internal static class StandardOutput
{
    /// <summary>Columns when nobody says how wide it is: a pipe or a file.</summary>
    private const int UnknownWidth = 120;

    private const int Descriptor = 1;

    /// <summary>
    /// .NET's own stream swallows EPIPE, so a replay into a pipe that nobody reads would go on for hours; a file stream reports it. It is no choice for
    /// a regular file, where it would write at its own position and not where the shell's redirection stands.
    /// </summary>
    public static Stream OpenBytes()
    {
        var pipe = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }

    /// <summary>Writes a text at once: a full disk and a closed descriptor are told as they are for events.</summary>
    /// <exception cref="OutputException">The text could not be written.</exception>
    public static void Write(string text)
    {
        try
        {
            using Stream output = OpenBytes();
            output.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException("standard output", failure);
        }
    }

    /// <summary>A console as wide as the terminal that writes to <paramref name="text"/>: coloured only for a terminal and without <c>NO_COLOR</c>.</summary>
    public static IAnsiConsole NewConsole(TextWriter text)
    {
        bool terminal = !Console.IsOutputRedirected;
        bool colour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) &&
            Environment.GetEnvironmentVariable("TERM") != "dumb";
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Width(terminal);
        return console;
    }

    /// <summary>Columns of the terminal that the standard output goes to; null: it goes elsewhere.</summary>
    public static int? OutputWidth() => Console.IsOutputRedirected ? null : Width(terminal: true);

    /// <summary>Columns of the terminal that the standard error goes to; null: it goes elsewhere.</summary>
    public static int? ErrorWidth() => Console.IsErrorRedirected ? null : Width(terminal: true);

    private static int Width(bool terminal)
    {
        if (terminal && Console.WindowWidth > 0)
        {
            return Console.WindowWidth;
        }

        return int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0
            ? columns
            : UnknownWidth;
    }
}
