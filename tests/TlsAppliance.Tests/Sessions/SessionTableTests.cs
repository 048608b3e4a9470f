using Spectre.Console;
using TlsAppliance.Sessions;

namespace TlsAppliance.Tests.Sessions;

public class SessionTableTests
{
    private static readonly SessionRow[] s_rows = [SampleRows.Modern, SampleRows.Failed, SampleRows.Hostile];

    [Fact]
    public void Shows_everything_in_200_columns() => Assert.Equal(
        """
        Time                     Client                              Server                                              Version  Cipher                                 Group           Resumed  Alert                Expires

        """.ReplaceLineEndings("\n"),
        Render(200, s_rows, 3));

    [Fact]
    public void Fits_80_columns() => Assert.Equal(
        """
        x
        """.ReplaceLineEndings("\n"),
        Render(80, s_rows, 3));

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(160)]
    [InlineData(200)]
    [InlineData(400)]
    public void No_line_is_wider_than_the_terminal_and_no_row_takes_two(int width)
    {
        string[] lines = Render(width, s_rows, 3).TrimEnd('\n').Split('\n');
        Assert.Equal(1 + s_rows.Length, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
    }

    [Fact]
    public void Nothing_in_a_name_reaches_the_terminal_as_a_command()
    {
        string text = Render(200, [SampleRows.Hostile], 1);
        Assert.Contains("\uFFFD[31m[red]evil\uFFFDmoc.live\uFFFD[/]\uFFFD", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, character => character is '\e' or '\0' or '\u202E');
    }

    [Theory]
    [InlineData(0, "No TLS sessions found.\n")]
    [InlineData(2, "2 TLS sessions (--rows N shows more)\n")]
    [InlineData(1234, "1,234 TLS sessions (--rows N shows more)\n")]
    public void Says_how_many_there_are_when_none_is_shown(long sessions, string note) => Assert.Equal(note, Render(80, [], sessions));

    [Fact]
    public void Says_how_many_more_there_are() =>
        Assert.EndsWith("\n… and 41 more TLS sessions (--rows N shows more)\n", Render(80, [SampleRows.Modern], 42), StringComparison.Ordinal);

    private static string Render(int width, IReadOnlyList<SessionRow> rows, long sessions)
    {
        using var text = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        SessionTable.Write(console, rows, sessions);
        return text.ToString();
    }
}
