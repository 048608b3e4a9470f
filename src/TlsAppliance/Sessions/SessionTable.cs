using System.Globalization;
using Spectre.Console;

namespace TlsAppliance.Sessions;

/// <summary>The sessions as a table for a person.</summary>
internal static class SessionTable
{
    /// <summary>A certificate that has less than this left when it was shown is worth a second look.</summary>
    private static readonly TimeSpan s_expiresSoon = TimeSpan.FromDays(30);

    /// <param name="sessions">How many there are in all; those without a row are counted below the table.</param>
    /// <param name="isNumbered">A first column counts the rows from 1.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<SessionRow> rows, long sessions, bool isNumbered = false)
    {
        if (rows.Count > 0)
        {
            console.Write(Build(rows, console.Profile.Width, isNumbered));
        }

        WriteNote(console, rows.Count, sessions);
    }

    /// <summary>What is not in the table; nothing when all is.</summary>
    public static void WriteNote(IAnsiConsole console, int shown, long sessions)
    {
        string? note = (sessions, sessions - shown) switch
        {
            (0, _) => "No TLS sessions found.",
            (_, > 0 and long more) => string.Create(
                CultureInfo.InvariantCulture, $"{(shown > 0 ? "… and " : "")}{more:N0} {(shown > 0 ? "more " : "")}TLS session{(more == 1 ? "" : "s")} (--rows N shows more)"),
            _ => null,
        };
        if (note is not null)
        {
            console.WriteLine(note);
        }
    }

    private static Table Build(IReadOnlyList<SessionRow> rows, int width, bool isNumbered)
    {
        int digits = isNumbered ? rows.Count.ToString(CultureInfo.InvariantCulture).Length : 0;
        var layout = new SessionTableLayout(rows, width - (isNumbered ? digits + SessionTableLayout.Gap : 0));
        SessionColumn[] columns = [.. layout.Columns];
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        if (isNumbered)
        {
            table.AddColumn(new TableColumn(new Text("#", new Style(decoration: Decoration.Bold)))
            {
                NoWrap = true,
                Alignment = Justify.Right,
                Padding = new Padding(0, 0, SessionTableLayout.Gap, 0),
                Width = digits,
            });
        }

        foreach (SessionColumn column in columns)
        {
            table.AddColumn(new TableColumn(new Text(layout.Header(column), new Style(decoration: Decoration.Bold)))
            {
                NoWrap = true,
                Padding = new Padding(0, 0, column == columns[^1] ? 0 : SessionTableLayout.Gap, 0),
                Width = layout.Width(column),
            });
        }

        int number = 0;
        foreach (SessionRow row in rows)
        {
            number++;
            Text[] first = isNumbered ? [new Text(number.ToString(CultureInfo.InvariantCulture))] : [];
            table.AddRow([.. first, .. columns.Select(column => new Text(layout.Cell(row, column), StyleOf(row, column)) { Overflow = Overflow.Ellipsis })]);
        }

        return table;
    }

    private static Style StyleOf(SessionRow row, SessionColumn column) => column switch
    {
        SessionColumn.Alert => new Style(Color.Red),
        SessionColumn.Expires when row.CertificateExpiry < row.Time => new Style(Color.Red),
        SessionColumn.Expires when row.CertificateExpiry < row.Time + s_expiresSoon => new Style(Color.Yellow),
        SessionColumn.Server => new Style(Color.Green),
        _ => Style.Plain,
    };
}
