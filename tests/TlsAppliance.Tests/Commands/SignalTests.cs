using System.Diagnostics;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Commands;

/// <summary>The program while it waits, and when it is told to stop.</summary>
public sealed class SignalTests : IDisposable
{
    private const int Done = 0;

    /// <summary>What a shell reports of a process that TERM ended.</summary>
    private const int EndedByTerm = 128 + 15;

    private const int TimeoutMilliseconds = 60_000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void An_event_of_a_live_pipe_comes_while_the_pipe_is_open_and_term_ends_the_silence()
    {
        using Process process = Start("replay", "-o", "stdout", "-");
        Send(process, File.ReadAllBytes(Capture));

        Assert.StartsWith("{\"@timestamp\":", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        Signal(process, "TERM");

        Assert.Equal("", process.StandardOutput.ReadToEnd());
        Assert.Contains("stopped         by a signal", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(Done, ExitCode(process));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_pipe_on_which_nothing_ever_came_can_be_left(string signal)
    {
        using Process process = Start("replay", "-o", "stdout", "-E", "http.enabled=true", "-E", "http.port=0", "-");
        Assert.Matches(@"^tls-appliance: metrics at http://127\.0\.0\.1:\d+/metrics$", process.StandardError.ReadLine());
        Signal(process, signal);
        string error = process.StandardError.ReadToEnd();
        Assert.Contains("damaged files   none", error, StringComparison.Ordinal);
        Assert.Equal(Done, ExitCode(process));
    }

    [Fact]
    public void The_second_signal_ends_a_stop_that_waits()
    {
        using Process process = Start("replay", "-q", "-o", "stdout", RepositoryRoot.Combine("replay-corpus"));

        // Nobody reads on, and all events together are more than a pipe holds: the program cannot end by itself.
        Assert.Equal('{', process.StandardOutput.Read());
        Stopwatch waited = Stopwatch.StartNew();
        do
        {
            Signal(process, "TERM");
        }
        while (!process.WaitForExit(100) && waited.ElapsedMilliseconds < TimeoutMilliseconds);

        Assert.Equal(EndedByTerm, ExitCode(process));
    }

    /// <summary>Who sends it cannot know that everything is done; the run was good.</summary>
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_signal_between_the_report_and_the_end_changes_nothing(string signal)
    {
        using Process process = Start("replay", "-q", "-o", "none", "--json", Capture);
        Assert.StartsWith("{", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        Signal(process, signal);
        Assert.Equal(Done, ExitCode(process));
    }

    [Fact]
    public void An_interrupted_capture_leaves_the_file_of_an_earlier_run_alone()
    {
        string complete = At("out/input.pcap.ndjson");
        string interrupted = At("out/stdin.ndjson");
        Directory.CreateDirectory(At("out"));
        File.WriteAllText(interrupted, "of an earlier run");
        using Process process = Start("replay", "-q", "--per-file", "out", Capture, "-");
        Send(process, File.ReadAllBytes(Capture)[..^10]);
        Assert.True(SpinUntil(process, () => File.Exists(interrupted + ".partial")), "the second capture was not begun");

        Signal(process, "TERM");

        Assert.Equal(Done, ExitCode(process));
        Assert.Equal("of an earlier run", File.ReadAllText(interrupted));
        Assert.NotEmpty(File.ReadAllText(complete));
        Assert.Equal([complete, interrupted], Directory.GetFiles(At("out")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_web_server_is_loaded_only_when_it_is_asked_for(bool enabled)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux'");
        using Process process = Start("replay", "-q", "-o", "stdout", "-E", $"http.enabled={enabled}", "-E", "http.port=0", "-");
        Send(process, File.ReadAllBytes(Capture));
        process.StandardOutput.ReadLine();

        string maps = File.ReadAllText($"/proc/{process.Id}/maps");

        Signal(process, "TERM");
        Assert.Equal(enabled, maps.Contains("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal));
        Assert.Equal(Done, ExitCode(process));
    }

    private static string Capture => RepositoryRoot.Combine("replay-corpus", "tls13-full", "input.pcap");

    private string At(string name) => Path.Combine(_directory.FullName, name);

    private Process Start(params string[] arguments) => Appliance.Start(_directory.FullName, [], arguments);

    private static void Send(Process process, byte[] bytes)
    {
        process.StandardInput.BaseStream.Write(bytes);
        process.StandardInput.BaseStream.Flush();
    }

    private static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id} 2>/dev/null"]);
        kill.WaitForExit();
    }

    private static bool SpinUntil(Process process, Func<bool> condition)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!condition() && waited.ElapsedMilliseconds < TimeoutMilliseconds)
        {
            if (process.WaitForExit(10))
            {
                return condition();
            }
        }

        return condition();
    }

    private static int ExitCode(Process process)
    {
        Assert.True(process.WaitForExit(TimeoutMilliseconds), "the program did not end");
        return process.ExitCode;
    }
}
