using TlsAppliance.Commands;
using TlsAppliance.Reports;

namespace TlsAppliance.Sessions;

/// <summary>The earliest sessions as the usual table, numbered so that one can be asked for.</summary>
internal sealed class TableView : ISessionView
{
    private readonly EarliestRows _rows;
    private readonly SessionRows _sessions;

    public TableView(int maximum)
    {
        _rows = new EarliestRows(maximum);
        _sessions = new SessionRows(_rows);
    }

    public bool Take(ReadOnlyMemory<byte> document, long? time) => _sessions.Take(document, time);

    public int Show()
    {
        using var text = new StringWriter();
        SessionTable.Write(StandardOutput.NewConsole(text), _rows.InOrder, _sessions.Sessions, isNumbered: true);
        StandardOutput.Write(text.ToString());
        return ExitCode.Done;
    }
}
