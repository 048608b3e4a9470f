using System.Text.Json;
using Spectre.Console;
using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Sessions;

/// <summary>Chosen fields of sessions as a table, or as JSON.</summary>
internal static class FieldTable
{
    private const int Gap = 2;
    private const int NarrowestColumn = 8;

    public static void Write(IAnsiConsole console, IReadOnlyList<SessionField> fields, IReadOnlyList<byte[]> documents)
    {
        string[][] cells = [.. documents.Select(document => Cells(fields, document))];
        int[] widths = Widths(fields, cells, console.Profile.Width);
        var table = new Table { Border = TableBorder.None };
        for (int column = 0; column < fields.Count; column++)
        {
            table.AddColumn(new TableColumn(new Text(Printable.Text(fields[column].Name, widths[column]), new Style(decoration: Decoration.Bold)))
            {
                NoWrap = true,
                Width = widths[column],
                Padding = new Padding(0, 0, column == fields.Count - 1 ? 0 : Gap, 0),
            });
        }

        foreach (string[] row in cells)
        {
            table.AddRow(row.Select((cell, column) => new Text(Printable.Text(cell, widths[column])) { Overflow = Overflow.Ellipsis }));
        }

        if (cells.Length > 0)
        {
            console.Write(table);
        }
    }

    /// <summary>The members of one object: each field by the name that the user gave, with its value as it stands in the event.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<SessionField> fields, EventDocument document)
    {
        foreach (SessionField field in fields)
        {
            IReadOnlyList<JsonElement> values = field.Values(document);
            if (values.Count == 0)
            {
                continue;
            }

            json.WritePropertyName(field.Name);
            if (values.Count == 1)
            {
                values[0].WriteTo(json);
                continue;
            }

            json.WriteStartArray();
            foreach (JsonElement value in values)
            {
                value.WriteTo(json);
            }

            json.WriteEndArray();
        }
    }

    private static string[] Cells(IReadOnlyList<SessionField> fields, byte[] document)
    {
        using JsonDocument json = JsonDocument.Parse(document);
        return [.. fields.Select(field => string.Join(", ", field.Values(new EventDocument(json.RootElement)).Select(EventDocument.Text)))];
    }

    /// <summary>As wide as the contents where there is room; the widest give way first.</summary>
    private static int[] Widths(IReadOnlyList<SessionField> fields, string[][] cells, int width)
    {
        int[] widths = [.. fields.Select((field, column) => Math.Max(field.Name.Length, cells.Select(row => row[column].Length).DefaultIfEmpty().Max()))];
        int room = width - (Gap * (fields.Count - 1));
        while (widths.Sum() > room && widths.Max() > NarrowestColumn)
        {
            int widest = Array.IndexOf(widths, widths.Max());
            int next = widths.Where(other => other < widths[widest]).DefaultIfEmpty(NarrowestColumn).Max();
            int sharing = widths.Count(other => other == widths[widest]);
            int excess = widths.Sum() - room;
            widths[widest] = Math.Max(Math.Max(next, NarrowestColumn), widths[widest] - Math.Max(1, excess / sharing));
        }

        return widths;
    }
}
