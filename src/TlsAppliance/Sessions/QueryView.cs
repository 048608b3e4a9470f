using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using TlsAppliance.Commands;
using TlsAppliance.Reports;
using TlsAppliance.Sessions.Details;
using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Sessions;

/// <summary>What a query asks for: a table of chosen sessions or fields, counts of values, or one session in detail.</summary>
internal sealed class QueryView(ReplayArguments arguments) : ISessionView
{
    private readonly SessionQuery _query = arguments.Query;
    private readonly SessionSelection _selection = new(arguments.Query, arguments.Rows);

    public bool Take(ReadOnlyMemory<byte> document, long? time) => _selection.Take(document, time);

    public int Show()
    {
        if (_query.Session is { } session)
        {
            return ShowOne(session);
        }

        using var text = new StringWriter();
        if (arguments.Json)
        {
            WriteJson(text);
        }
        else
        {
            WriteText(StandardOutput.NewConsole(text));
        }

        StandardOutput.Write(text.ToString());
        return ExitCode.Done;
    }

    private int ShowOne(string session)
    {
        if (_selection.Single is not { } document)
        {
            Diagnostics.Error(_selection.Sessions == 0
                ? $"no session {Printable.Text(session, 40)}: nothing was found that fits"
                : string.Create(CultureInfo.InvariantCulture, $"no session {Printable.Text(session, 40)}: there are {_selection.Sessions}"));
            return ExitCode.Usage;
        }

        StandardOutput.Write(arguments.Json
            ? Encoding.UTF8.GetString(document).TrimEnd('\n') + "\n"
            : SessionDetails.Write(document, StandardOutput.NewConsole(TextWriter.Null).Profile.Width));
        return ExitCode.Done;
    }

    private void WriteText(IAnsiConsole console)
    {
        if (_query.Top is { } top)
        {
            WriteCounts(console, top);
            return;
        }

        IReadOnlyList<byte[]> documents = _selection.Documents;
        if (_query.Fields.Count > 0)
        {
            FieldTable.Write(console, _query.Fields, documents);
            SessionTable.WriteNote(console, documents.Count, _selection.Sessions);
        }
        else
        {
            SessionTable.Write(console, Rows(documents), _selection.Sessions, isNumbered: true);
        }
    }

    private static List<SessionRow> Rows(IReadOnlyList<byte[]> documents)
    {
        var rows = new List<SessionRow>(documents.Count);
        foreach (byte[] document in documents)
        {
            if (SessionRowReader.TryRead(document, out SessionRow? row))
            {
                rows.Add(row!);
            }
        }

        return rows;
    }

    private void WriteCounts(IAnsiConsole console, SessionField top)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumn(new TableColumn("Sessions") { NoWrap = true, Alignment = Justify.Right, Padding = new Padding(0, 0, 2, 0) });
        table.AddColumn(new TableColumn("Share") { NoWrap = true, Alignment = Justify.Right, Padding = new Padding(0, 0, 2, 0) });
        table.AddColumn(new TableColumn(new Text(Printable.Text(top.Name, 60))) { NoWrap = true, Padding = new Padding(0, 0, 0, 0) });
        foreach ((string value, long count) in _selection.Counts)
        {
            table.AddRow(
                new Text(count.ToString("N0", CultureInfo.InvariantCulture)),
                new Text((100.0 * count / Math.Max(_selection.Sessions, 1)).ToString("N1", CultureInfo.InvariantCulture) + " %"),
                new Text(value.Length == 0 ? "(none)" : Printable.Text(value)) { Overflow = Overflow.Ellipsis });
        }

        if (_selection.DifferentValues > 0)
        {
            console.Write(table);
        }

        long more = _selection.DifferentValues - _selection.Counts.Count;
        string rest = more > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {more:N0} more values (--rows N shows more)") : "";
        string uncounted = _selection.Uncounted > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {_selection.Uncounted:N0} of further values are not counted") : "";
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{_selection.Sessions:N0} session{(_selection.Sessions == 1 ? "" : "s")}, {_selection.DifferentValues:N0} value{(_selection.DifferentValues == 1 ? "" : "s")}{rest}{uncounted}"));
    }

    private void WriteJson(StringWriter text)
    {
        if (_query.Top is not null)
        {
            foreach ((string value, long count) in _selection.Counts)
            {
                text.WriteLine(JsonLine.Object(json =>
                {
                    json.WriteString("value", value);
                    json.WriteNumber("sessions", count);
                }));
            }

            return;
        }

        foreach (byte[] document in _selection.Documents)
        {
            using JsonDocument parsed = JsonDocument.Parse(document);
            if (_query.Fields.Count > 0)
            {
                text.WriteLine(JsonLine.Object(json => FieldTable.WriteJson(json, _query.Fields, new EventDocument(parsed.RootElement))));
            }
            else if (SessionRowReader.TryRead(parsed.RootElement, out SessionRow? row))
            {
                text.WriteLine(SessionRowJson.Write(row!));
            }
        }
    }
}
