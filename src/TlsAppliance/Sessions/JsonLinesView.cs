using TlsAppliance.Commands;
using TlsAppliance.Reports;

namespace TlsAppliance.Sessions;

/// <summary>One JSON object a session, as they come.</summary>
internal sealed class JsonLinesView : ISessionView
{
    private readonly SessionRows _sessions = new(_ => true, (row, _) => StandardOutput.Write(SessionRowJson.Write(row) + Environment.NewLine));

    public bool Take(ReadOnlyMemory<byte> document, long? time) => _sessions.Take(document, time);

    public int Show() => ExitCode.Done;
}
