using System.Diagnostics;
using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Commands;

/// <summary>The whole program, ended while it is busy: what is in the event file is whole, once each, and true.</summary>
public sealed class StopAtAnyMomentTests : IDisposable
{
    private const int Done = 0;
    private const int EndedByKill = 128 + 9;
    private const int TimeoutMilliseconds = 60_000;
    private const int Passes = 400;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("TERM", Done, 14)]
    [InlineData("KILL", EndedByKill, 15)]
    public void A14_what_is_written_by_then_is_whole_and_once(string signal, int exitCode, int seed)
    {
        HashSet<string> control = [.. Ids(Control())];
        Random random = new(seed);
        for (int round = 0; round < Soak(2, 100); round++)
        {
            long size = random.Next(1, 3_000_000);
            string[] lines = Interrupt(signal, size, exitCode, out bool stopped);
            string[] ids = [.. Ids(lines)];
            Assert.Equal(ids.Length, ids.Distinct().Count());
            Assert.Subset(control, ids.ToHashSet());

            // The signal may come between the last event and the end of the program.
            Assert.True(stopped ? ids.Length <= control.Count : ids.Length == control.Count, $"{ids.Length} of {control.Count}");
        }
    }

    /// <summary>The events of a run that nobody disturbs.</summary>
    private string[] Control()
    {
        Assert.Equal(Done, Appliance.Run(_directory.FullName, Arguments("control")).ExitCode);
        return File.ReadAllLines(EventFile("control"));
    }

    /// <summary>The lines of the file when the program had ended; the last one may be cut where it was killed.</summary>
    private string[] Interrupt(string signal, long size, int exitCode, out bool stopped)
    {
        using Process process = Appliance.Start(_directory.FullName, [], Arguments("stopped"));
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Stopwatch waited = Stopwatch.StartNew();
        while (Written("stopped") < size && !process.WaitForExit(1))
        {
            Assert.True(waited.ElapsedMilliseconds < TimeoutMilliseconds, "the program writes nothing");
        }

        ToolProcess.Run("sh", ["-c", $"kill -{signal} {process.Id} 2>/dev/null; true"]);
        Assert.True(process.WaitForExit(TimeoutMilliseconds), "the program did not end");
        string text = File.ReadAllText(EventFile("stopped"));
        stopped = process.ExitCode == EndedByKill || errors.Result.Contains("by a signal", StringComparison.Ordinal);
        Assert.Contains(process.ExitCode, (int[])[exitCode, Done]);
        Directory.Delete(Path.Combine(_directory.FullName, "stopped"), recursive: true);
        return text[..(signal == "KILL" ? text.LastIndexOf('\n') + 1 : text.Length)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Arguments(string output) =>
        ["replay", "--loop", $"{Passes}", "--unique-flows", "--output-dir", output, "--rows", "0", RepositoryRoot.Combine("replay-corpus", "tls12-full-chain"), RepositoryRoot.Combine("replay-corpus", "tls13-full")];

    private string EventFile(string output) => Assert.Single(Directory.GetFiles(Path.Combine(_directory.FullName, output)));

    private long Written(string output) =>
        Directory.Exists(Path.Combine(_directory.FullName, output)) ? new DirectoryInfo(Path.Combine(_directory.FullName, output)).EnumerateFiles().Sum(file => file.Length) : 0;

    private static IEnumerable<string> Ids(IEnumerable<string> lines) =>
        lines.Select(line => JsonElement.Parse(line).GetProperty("event").GetProperty("id").GetString()!);

    private static int Soak(int usual, int full) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TLS_APPLIANCE_SOAK")) ? usual : full;
}
