using System.Globalization;
using Spectre.Console;

namespace TlsAppliance.Sessions;

/// <summary>The sessions as a table for a person.</summary>
internal static class SessionTable
{
    /// <summary>A certificate that has less than this left when it was shown is worth a second look.</summary>
    private static readonly TimeSpan s_expiresSoon = TimeSpan.FromDays(30);

    /// <param name="sessions">How many there are in all; those without a row are counted below the table.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<SessionRow> rows, long sessions)
    {
        if (rows.Count > 0)
        {
            console.Write(Build(rows, console.Profile.Width));
        }

        string? note = (sessions, sessions - rows.Count) switch
        {
            (0, _) => "No TLS sessions found.",
            (_, > 0 and long more) => string.Create(
                CultureInfo.InvariantCulture, $"{(rows.Count > 0 ? "… and " : "")}{more:N0} {(rows.Count > 0 ? "more " : "")}TLS session{(more == 1 ? "" : "s")} (--rows N shows more)"),
            _ => null,
        };
        if (note is not null)
        {
            console.WriteLine(note);
        }
    }

    private static Table Build(IReadOnlyList<SessionRow> rows, int width)
    {
        var layout = new SessionTableLayout(rows, width);
        SessionColumn[] columns = [.. layout.Columns];
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (SessionColumn column in columns)
        {
            table.AddColumn(new TableColumn(new Text(layout.Header(column), new Style(decoration: Decoration.Bold)))
            {
                NoWrap = true,
                Padding = new Padding(0, 0, column == columns[^1] ? 0 : SessionTableLayout.Gap, 0),
                Width = layout.Width(column),
            });
        }

        foreach (SessionRow row in rows)
        {
            table.AddRow(columns.Select(column => new Text(layout.Cell(row, column), StyleOf(row, column)) { Overflow = Overflow.Ellipsis }));
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
