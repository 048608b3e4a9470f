using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

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

    /// <summary>A console for tables: coloured only on a terminal and without <c>NO_COLOR</c>.</summary>
    public static IAnsiConsole OpenConsole()
    {
        bool terminal = !Console.IsOutputRedirected;
        bool colour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = Width(terminal);
        return console;
    }

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
