using System.Diagnostics;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>A <see cref="NullBulkServer"/> in a process of its own, so that its work is not counted as ours. It ends with its standard input.</summary>
internal sealed class NullServerProcess : IDisposable
{
    public const string Verb = "null-server";

    private readonly Process _process;

    public NullServerProcess()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(NullServerProcess).Assembly.Location, Verb]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        Url = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the null server did not start");
    }

    public string Url { get; }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
