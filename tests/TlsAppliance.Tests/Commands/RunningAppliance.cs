using System.Diagnostics;
using System.Globalization;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Wires;

namespace TlsAppliance.Tests.Commands;

/// <summary><c>run</c> at the sensor's end of a wire, and what it has told on the standard error so far.</summary>
internal sealed class RunningAppliance : IDisposable
{
    /// <summary>For a machine with other things to do.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly PrintedText _told = new();

    private RunningAppliance(Process process)
    {
        _process = process;
        process.ErrorDataReceived += _told.Take;
        process.BeginErrorReadLine();
    }

    public string Told => _told.ToString();

    public static RunningAppliance Start(VethWire wire, string folder, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll");
        string[] command = [.. VethWire.Within(wire.Sensor)[1..], "dotnet", program, "run", .. arguments];
        return new RunningAppliance(Process.Start(new ProcessStartInfo("ip", command) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!);
    }

    /// <summary>Waits until something is so; the run must not end before.</summary>
    public void Await(Func<bool> isSo, string what) =>
        Assert.True(SpinWait.SpinUntil(() => isSo() || _process.HasExited, s_patience) && isSo(), $"{what}: not in time\n{Told}");

    public void AwaitTold(string text) => Await(() => Told.Contains(text, StringComparison.Ordinal), text);

    public void Signal(string signal) =>
        Assert.Equal(0, ToolProcess.Run("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {_process.Id}")]).ExitCode);

    /// <summary>Ends it as a service manager does; it must end well.</summary>
    /// <returns>Its standard output.</returns>
    public string Stop()
    {
        Signal("TERM");
        string output = _process.StandardOutput.ReadToEnd();
        Assert.True(_process.WaitForExit(s_patience), "the program did not end");

        // Without a time, so that all of the standard error is here.
        _process.WaitForExit();
        Assert.True(_process.ExitCode == 0, $"ended with {_process.ExitCode}\n{Told}");
        return output;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
