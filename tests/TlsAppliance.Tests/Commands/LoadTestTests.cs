using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Commands;

/// <summary><c>replay</c> as a load test: speeds, loops, bounds and the report.</summary>
public sealed class LoadTestTests : IDisposable
{
    private const int Done = 0;
    private const int Usage = 2;
    private const int Loss = 3;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_plain_loop_repeats_the_events_of_one_pass(bool preload)
    {
        string once = Events(Capture).Output;
        Assert.Equal(once + once + once, Events(Capture, preload ? ["-l", "3", "--preload"] : ["--loop", "3"]).Output);
    }

    [Fact]
    public void With_unique_flows_each_pass_has_addresses_and_ids_of_its_own()
    {
        JsonElement[] events = Parse(Events(Capture, "--loop", "5", "--unique-flows").Output);
        Assert.Equal(5, events.Length);
        Assert.Equal(5, events.Select(each => each.GetProperty("event").GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(5, events.Select(each => each.GetProperty("client").GetProperty("ip").GetString()).Distinct().Count());
        Assert.Single(events.Select(each => each.GetProperty("client").GetProperty("port").GetInt32()).Distinct());
    }

    [Fact]
    public void A_preloaded_pipe_can_be_looped()
    {
        Appliance.Outcome outcome =
            Appliance.Run(_directory.FullName, File.ReadAllBytes(Capture), [], "replay", "-q", "-o", "stdout", "--loop", "2", "--preload", "-");
        Assert.Equal(Done, outcome.ExitCode);
        Assert.Equal(2, Parse(outcome.Output).Length);
    }

    [Fact]
    public void An_endless_loop_ends_by_its_bounds()
    {
        using JsonDocument byFrames = Summary("--loop", "0", "--limit", "1000", "--unique-flows");
        Assert.Equal(1_000, byFrames.RootElement.GetProperty("frames").GetInt64());
        using JsonDocument byTime = Summary("--loop", "0", "--duration", "300ms");
        Assert.True(byTime.RootElement.GetProperty("frames").GetInt64() > 0);
    }

    [Fact]
    public void A_paced_replay_takes_its_time()
    {
        long frames = Frames();
        using JsonDocument summary = Summary("--pps", "20", "--limit", $"{Math.Min(frames, 11)}");
        Assert.InRange(summary.RootElement.GetProperty("seconds").GetDouble(), (Math.Min(frames, 11) - 1) / 20.0 * 0.99, double.MaxValue);
    }

    [Theory]
    [InlineData("--realtime")]
    [InlineData("--top-speed")]
    [InlineData("-x", "1000")]
    [InlineData("--mbps", "1000")]
    [InlineData("--shards", "3")]
    [InlineData("--preload")]
    public void No_speed_changes_an_event(params string[] arguments) => Assert.Equal(Events(Capture).Output, Events(Capture, arguments).Output);

    [Fact]
    public void The_report_tells_what_was_asked_what_came_out_and_what_it_cost()
    {
        Appliance.Outcome outcome = Run("replay", "-q", "-o", "none", "--loop", "4", "--shards", "2", "--report", "r.json", Capture);
        Assert.Equal((Done, "", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(Path.Combine(_directory.FullName, "r.json")));
        JsonElement root = report.RootElement;

        Assert.Equal(4, root.GetProperty("arguments").GetProperty("loop").GetInt32());
        Assert.Equal("top-speed", root.GetProperty("arguments").GetProperty("speed").GetString());
        Assert.Equal(4 * Frames(), root.GetProperty("frames").GetInt64());
        Assert.Equal(4, root.GetProperty("events").GetInt64());
        Assert.True(root.GetProperty("seconds").GetDouble() > 0);
        foreach (string rate in (string[])["frames_per_second", "gigabits_per_second", "events_per_second", "gaps", "segments_drained"])
        {
            Assert.True(root.GetProperty(rate).GetDouble() >= 0, rate);
        }

        JsonElement process = root.GetProperty("process");
        foreach (string cost in (string[])["cpu_user_seconds", "cpu_user_seconds_with_start", "peak_rss_bytes", "allocated_bytes"])
        {
            Assert.True(process.GetProperty(cost).GetDouble() > 0, cost);
        }

        Assert.Equal(3, process.GetProperty("collections").GetArrayLength());
        Assert.True(process.GetProperty("longest_pause_seconds").GetDouble() <= process.GetProperty("paused_seconds").GetDouble() + 0.001);
        Assert.Equal(2, root.GetProperty("shards").GetArrayLength());
        Assert.Equal(6, root.GetProperty("residuals").EnumerateObject().Count());
        Assert.All(root.GetProperty("residuals").EnumerateObject(), residual => Assert.Equal(0, residual.Value.GetInt64()));
    }

    /// <summary>In a process of its own: whatever else runs in this one brings collections of other generations. A run of one session brings none.</summary>
    [Fact]
    public void What_a_start_has_left_behind_is_collected_once()
    {
        Assert.Equal(Done, Run("replay", "-q", "-o", "none", "--shards", "1", "--report", "r.json", Capture).ExitCode);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(Path.Combine(_directory.FullName, "r.json")));
        Assert.Equal(1, report.RootElement.GetProperty("process").GetProperty("collections")[1].GetInt32());
    }

    [Fact]
    public void A_report_that_cannot_be_made_is_told_before_the_run()
    {
        Appliance.Outcome outcome = Run("replay", "-o", "stdout", "--report", "no/such/r.json", Capture);
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("tls-appliance: cannot write no/such/r.json: ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--per-file takes each capture once and as fast as it can; it cannot be combined with --loop", "--per-file", "d", "-l", "2", "x")]
    [InlineData("--per-file takes each capture once and as fast as it can; it cannot be combined with --pps", "--per-file", "d", "--pps", "2", "x")]
    [InlineData("--per-file takes each capture once and as fast as it can; it cannot be combined with --limit", "--per-file", "d", "--limit", "2", "x")]
    [InlineData("--pps and --mbps cannot be combined: a replay has one speed", "--pps", "1", "--mbps", "1", "x")]
    [InlineData("--top-speed and --realtime cannot be combined: a replay has one speed", "--top-speed", "--realtime", "x")]
    [InlineData("--unique-flows tells the loops apart; it goes with --loop only", "--unique-flows", "x")]
    [InlineData("--pps: expected a number above 0, found \"0\"", "--pps", "0", "x")]
    [InlineData("--multiplier: expected a number above 0, found \"fast\"", "-x", "fast", "x")]
    [InlineData("--loop: expected a whole number from 0, found \"-1\"", "--loop", "-1", "x")]
    [InlineData("--limit: expected a whole number from 1, found \"0\"", "--limit", "0", "x")]
    public void What_makes_no_sense_is_a_usage_error(string line, params string[] arguments)
    {
        Appliance.Outcome outcome = Run(["replay", .. arguments]);
        Assert.Equal(Usage, outcome.ExitCode);
        Assert.Equal([$"tls-appliance: {line}", "Try: tls-appliance replay --help"], outcome.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/null")]
    public void A_loop_over_what_can_be_read_only_once_is_a_usage_error(string input)
    {
        Appliance.Outcome outcome = Run("replay", "--loop", "2", input);
        Assert.Equal(Usage, outcome.ExitCode);
        Assert.Equal($"tls-appliance: --loop reads its input again, which {input} cannot; add --preload to keep it in memory\n", outcome.Error);
    }

    [Theory]
    [InlineData("lost-segment", Loss)]
    [InlineData("tls13-full", Done)]
    public void Strict_tells_loss_by_the_exit_code(string capture, int exitCode)
    {
        string path = RepositoryRoot.Combine("replay-corpus", capture, "input.pcap");
        Appliance.Outcome lax = Run("replay", "-q", "-o", "none", path);
        Appliance.Outcome strict = Run("replay", "-q", "-o", "none", "--strict", path);
        Assert.Equal((Done, exitCode), (lax.ExitCode, strict.ExitCode));
    }

    private static string Capture => RepositoryRoot.Combine("replay-corpus", "alert-protocol-version", "input.pcap");

    private Appliance.Outcome Run(params string[] arguments) => Appliance.Run(_directory.FullName, arguments);

    private Appliance.Outcome Events(string capture, params string[] arguments) => Run(["replay", "-q", "-o", "stdout", .. arguments, capture]);

    private JsonDocument Summary(params string[] arguments) =>
        JsonDocument.Parse(Run(["replay", "-q", "-o", "none", "--json", .. arguments, Capture]).Output);

    private long Frames()
    {
        using JsonDocument summary = Summary();
        return summary.RootElement.GetProperty("frames").GetInt64();
    }

    private static JsonElement[] Parse(string ndjson) => [.. ndjson.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
}
