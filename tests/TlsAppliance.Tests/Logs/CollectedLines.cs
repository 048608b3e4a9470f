using TlsAppliance.Logs;

namespace TlsAppliance.Tests.Logs;

/// <summary>Keeps the lines.</summary>
internal sealed class CollectedLines : ILogTarget
{
    public List<string> Lines { get; } = [];

    public int Reopened { get; private set; }

    public void Write(string line) => Lines.Add(line);

    public void Reopen() => Reopened++;

    public void Dispose()
    {
    }
}
