using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Live.Tests.Wire;

/// <summary>The program, capturing the far end of the cable.</summary>
internal sealed class Running : IDisposable
{
    private const int TimeoutMilliseconds = 30_000;

    private readonly Process _process;
    private readonly PrintedText _errors = new();
    private readonly Task<string> _output;
    private int _readTo;

    public Running(NetworkNamespace network, TemporaryFolder folder, params string[] arguments)
    {
        _process = network.Start("dotnet", ["exec", Dll, "run", "-i", NetworkNamespace.Far, "--output-dir", folder.Path, "--json", .. arguments]);
        _process.ErrorDataReceived += _errors.Take;
        _process.BeginErrorReadLine();
        _output = _process.StandardOutput.ReadToEndAsync();
        AwaitError("capturing far0");
    }

    public static string Dll => Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll");

    /// <summary>Threads of its own; those of the runtime come and go with the load.</summary>
    public int Threads => Directory.GetDirectories($"/proc/{_process.Id}/task").Count(IsOwn);

    /// <summary>Waits until this is told, behind what was waited for before.</summary>
    public void AwaitError(string text)
    {
        SpinWait.SpinUntil(() => Place(text) >= 0 || _process.HasExited, TimeoutMilliseconds);
        int at = Place(text);
        Assert.True(at >= 0, $"not told: {text}\n{_errors}");
        _readTo = at + text.Length;
    }

    /// <summary>Waits until this is so.</summary>
    public static void Await(Func<bool> condition, Func<string> what) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeoutMilliseconds), what());

    /// <summary>Sends a signal, and takes the summary.</summary>
    /// <param name="signal">Arguments of kill(1) before the process; {0} is its number.</param>
    public JsonElement Stop(string signal)
    {
        Signal(signal);
        Assert.True(_process.WaitForExit(TimeoutMilliseconds), "the program did not end");
        string output = _output.GetAwaiter().GetResult();
        Assert.True(_process.ExitCode == 0, $"ended with {_process.ExitCode}: {_errors}");
        using JsonDocument document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    /// <inheritdoc cref="Stop"/>
    public void Signal(string signal)
    {
        string command = string.Format(CultureInfo.InvariantCulture, $"kill -{signal} {{0}}", _process.Id);
        Assert.Equal(0, ToolProcess.Run("sh", ["-c", command]).ExitCode);
    }

    /// <summary>Ends it as the kernel does when memory is short.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>One that ends while it is looked at is none.</summary>
    private static bool IsOwn(string task)
    {
        try
        {
            return !File.ReadAllText(Path.Combine(task, "comm")).StartsWith(".NET", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Where it begins; -1: it was not told.</summary>
    private int Place(string text) => _errors.ToString().IndexOf(text, _readTo, StringComparison.Ordinal);
}
