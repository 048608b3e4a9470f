using System.Diagnostics;
using TlsAppliance.Testing;

namespace TlsAppliance.Packaging.Tests.Machines;

/// <summary>A process that runs beside the test, and what it has printed so far.</summary>
internal sealed class RunningService : IDisposable
{
    private readonly Process _process;
    private readonly PrintedText _said = new();

    private RunningService(Process process)
    {
        _process = process;
        process.OutputDataReceived += _said.Take;
        process.ErrorDataReceived += _said.Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Both streams, in the order of their lines.</summary>
    public string Said => _said.ToString();

    public static RunningService Start(string program, IEnumerable<string> arguments) =>
        new(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!);

    /// <summary>False: it has not ended. Afterwards <see cref="Said"/> is all that it has printed, which the runtime promises only to who waits without a time.</summary>
    public bool WaitForEnd(TimeSpan time)
    {
        bool hasEnded = _process.WaitForExit(time);
        if (hasEnded)
        {
            _process.WaitForExit();
        }

        return hasEnded;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
