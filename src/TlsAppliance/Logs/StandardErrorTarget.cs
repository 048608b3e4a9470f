using TlsAppliance.Commands;

namespace TlsAppliance.Logs;

/// <summary>The standard error; that nobody reads it is no reason to stop.</summary>
internal sealed class StandardErrorTarget : ILogTarget
{
    public void Write(string line) => Diagnostics.Text(line + "\n");

    public void Reopen()
    {
    }

    public void Dispose()
    {
    }
}
