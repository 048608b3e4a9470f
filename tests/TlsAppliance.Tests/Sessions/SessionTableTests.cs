using Spectre.Console;
using TlsAppliance.Sessions;

namespace TlsAppliance.Tests.Sessions;

public class SessionTableTests
{
    private static readonly SessionRow[] s_rows = [SampleRows.Modern, SampleRows.Failed, SampleRows.Hostile];

    /// <summary>In these texts <c>¿</c> stands for U+FFFD.</summary>
    [Fact]
    public void Uses_the_room_of_200_columns() => AssertLooksLike(
        """
        Time                 Client                              Server                                          Version  Cipher                        Group           Resumed  Alert                Expires
        2026-01-31 23:59:58  192.168.100.200:54321               www.example.com                                 TLS 1.3  AES_128_GCM_SHA256            X25519MLKEM768  psk
        2026-02-01 00:00:01  [2001:db8:85a3::8a2e:370:7334]:443  a-rather-long-name.in-a-deep.subdomain.exampl…  TLS 1.2  ECDHE_RSA_AES_256_GCM_SHA384  secp256r1                certificate_expired  2025-12-31
        2026-02-01 00:00:02  10.0.0.1:1                          ¿[31m[red]evil¿moc.live¿[/]¿                    TLS 1.2
        """,
        width: 200);

    [Fact]
    public void Fits_120_columns() => AssertLooksLike(
        """
        Time      Client                Server                    TLS  Cipher              Resumed  Alert             Expires
        23:59:58  192.168.100.200       www.example.com           1.3  AES_128_GCM_SHA256  psk
        00:00:01  2001:db8:85a3::8a2e…  a-rather-long-name.in-a…  1.2  ECDHE_RSA_AES_256…           certificate_exp…  2025-12-31
        00:00:02  10.0.0.1              ¿[31m[red]evil¿moc.live…  1.2
        """,
        width: 120);

    [Fact]
    public void Fits_80_columns() => AssertLooksLike(
        """
        Time      Client           Server              TLS  Cipher          Alert
        23:59:58  192.168.100.200  www.example.com     1.3  AES_128_GCM_S…
        00:00:01  2001:db8:85a3:…  a-rather-long-nam…  1.2  ECDHE_RSA_AES…  certificate…
        00:00:02  10.0.0.1         ¿[31m[red]evil¿mo…  1.2
        """,
        width: 80);

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

    private static void AssertLooksLike(string expected, int width)
    {
        IEnumerable<string> lines = Render(width, s_rows, s_rows.Length).TrimEnd().Split('\n').Select(line => line.TrimEnd().Replace('\uFFFD', '¿'));
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', lines));
    }

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
