using System.Diagnostics;
using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Commands;

/// <summary>The program as a process: what goes to which stream, which files appear, and the exit code.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Usage = 2;
    private const int BadInput = 74;
    private const int BadConfiguration = 78;

    /// <summary>File header, then a record header that ends early.</summary>
    private static readonly byte[] s_cutRecord = [1, 2, 3, 4, 5, 6, 7];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Replay_writes_an_event_file_and_shows_the_sessions()
    {
        CopyCapture("a.pcap");
        Appliance.Outcome outcome = Run("replay", "a.pcap");

        string file = Assert.Single(Directory.GetFiles(At("events")));
        Assert.Equal(Done, outcome.ExitCode);
        Assert.Matches(@"^tls-appliance-\d{8}T\d{6}Z\.ndjson$", Path.GetFileName(file));
        AssertEvents(File.ReadAllText(file), minimum: 1);
        Assert.StartsWith("Time ", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Events: events/{Path.GetFileName(file)}\n", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^frames +\d", outcome.Error);
        Assert.Matches(@"(?m)^time .* frames/s, .* Gbit/s$", outcome.Error);
    }

    [Fact]
    public void A_second_run_leaves_the_events_of_the_first_alone()
    {
        CopyCapture("a.pcap");
        Run("replay", "a.pcap");
        Run("replay", "a.pcap");
        string[] files = Directory.GetFiles(At("events"));
        Assert.Equal(2, files.Length);
        Assert.Equal(File.ReadAllText(files[0]), File.ReadAllText(files[1]));
    }

    [Fact]
    public void With_o_stdout_nothing_but_events_is_there()
    {
        CopyCapture("a.pcap");
        Appliance.Outcome outcome = Run("replay", "-o", "stdout", "a.pcap");
        Assert.Equal(Done, outcome.ExitCode);
        AssertEvents(outcome.Output, minimum: 1);
        Assert.False(Directory.Exists(At("events")));
    }

    [Fact]
    public void With_o_none_and_json_the_summary_is_one_object()
    {
        CopyCapture("a.pcap");
        Appliance.Outcome outcome = Run("replay", "-o", "none", "--json", "a.pcap");
        using JsonDocument summary = JsonDocument.Parse(outcome.Output);
        Assert.True(summary.RootElement.GetProperty("frames").GetInt64() > 0);
        Assert.True(summary.RootElement.GetProperty("events").GetInt64() > 0);
        Assert.Equal("", outcome.Error);
    }

    [Fact]
    public void Quiet_says_nothing_on_the_standard_error()
    {
        CopyCapture("a.pcap");
        Assert.Equal("", Run("replay", "-q", "-o", "stdout", "a.pcap").Error);
    }

    [Fact]
    public void A_replay_writes_a_log_where_the_configuration_says_anything_about_one()
    {
        CopyCapture("a.pcap", s_cutRecord);
        Appliance.Outcome without = Run("replay", "-o", "stdout", "a.pcap");
        Assert.False(Directory.Exists(At("logs")));
        Appliance.Outcome with = Run("replay", "-o", "stdout", "-E", "logging.level=info", "a.pcap");
        Assert.Equal((without.ExitCode, without.Output), (with.ExitCode, with.Output));

        string[] lines = File.ReadAllLines(Assert.Single(Directory.GetFiles(At("logs"))));
        Assert.Contains(lines, line => Message(line) is ("info", "replay, captures: 1, output: console"));
        Assert.Contains(lines, line => Message(line) is ("error", var text) && text.StartsWith("a.pcap: damaged at byte ", StringComparison.Ordinal));
        Assert.Contains(lines, line => Message(line) is ("info", var text) && text.StartsWith("in all, in ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_log_of_a_replay_on_the_standard_error_leaves_the_standard_output_to_the_events()
    {
        CopyCapture("a.pcap");
        Appliance.Outcome outcome = Run("replay", "-q", "-e", "-d", "sink", "-o", "stdout", "a.pcap");
        AssertEvents(outcome.Output, minimum: 1);
        Assert.Matches(@"(?m)^\S+Z  INFO   \[run\]  replay, captures: 1, output: console$", outcome.Error);
        Assert.False(Directory.Exists(At("logs")));
    }

    private static (string Level, string Text) Message(string line)
    {
        JsonElement record = JsonElement.Parse(line);
        return (record.GetProperty("log.level").GetString()!, record.GetProperty("message").GetString()!);
    }

    [Fact]
    public void Reads_a_capture_from_standard_input()
    {
        CopyCapture("a.pcap");
        Appliance.Outcome fromFile = Run("replay", "-o", "stdout", "a.pcap");
        Appliance.Outcome fromPipe = Appliance.Run(_directory.FullName, File.ReadAllBytes(At("a.pcap")), [], "replay", "-o", "stdout", "-");
        Assert.Equal(Done, fromPipe.ExitCode);
        Assert.Equal(fromFile.Output, fromPipe.Output);
    }

    [Fact]
    public void Per_file_names_each_file_for_its_capture_and_goes_on_after_a_damaged_one()
    {
        CopyCapture("in/a/b/good.pcap");
        CopyCapture("in/a/damaged.pcap", s_cutRecord);
        File.WriteAllBytes(At("in/nothing.pcap"), File.ReadAllBytes(Capture)[..24]);
        File.WriteAllText(At("in/notes.txt"), "no capture");

        Appliance.Outcome outcome = Run("replay", "in", "--per-file", "out");

        Assert.Equal(BadInput, outcome.ExitCode);
        Assert.Equal(
            ["a__b__good.pcap.ndjson", "a__damaged.pcap.ndjson", "nothing.pcap.ndjson"],
            Directory.GetFiles(At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        AssertEvents(File.ReadAllText(At("out/a__b__good.pcap.ndjson")), minimum: 1);
        Assert.Equal(File.ReadAllText(At("out/a__b__good.pcap.ndjson")), File.ReadAllText(At("out/a__damaged.pcap.ndjson")));
        Assert.Equal("", File.ReadAllText(At("out/nothing.pcap.ndjson")));
        Assert.Matches(@"in/a/damaged\.pcap: damaged at byte \d+: ", outcome.Error);
        Assert.Contains("files skipped   1 that are no captures", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_capture_gives_its_events_and_74()
    {
        CopyCapture("a.pcap");
        CopyCapture("damaged.pcap", s_cutRecord);
        Appliance.Outcome whole = Run("replay", "-o", "stdout", "a.pcap");
        Appliance.Outcome damaged = Run("replay", "-o", "stdout", "damaged.pcap");
        Assert.Equal(BadInput, damaged.ExitCode);
        Assert.Equal(whole.Output, damaged.Output);
        Assert.Contains($"damaged.pcap: damaged at byte {new FileInfo(At("a.pcap")).Length}: ", damaged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_input_is_one_clear_line_and_74()
    {
        Directory.CreateDirectory(At("empty"));
        File.WriteAllText(At("text.pcap"), "this is no capture at all, only text");

        AssertOneLine(Run("replay", "none.pcap"), BadInput, "tls-appliance: cannot read none.pcap: no such file or directory");
        AssertOneLine(Run("replay", "empty"), BadInput, "tls-appliance: no captures in empty");
        Appliance.Outcome text = Run("replay", "-q", "-o", "none", "text.pcap");
        Assert.Equal(BadInput, text.ExitCode);
        Assert.StartsWith("tls-appliance: text.pcap: damaged at byte 0: ", text.Error, StringComparison.Ordinal);
        Assert.Single(text.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Inspect_answers_questions()
    {
        CopyCapture("a.pcap");
        Appliance.Outcome counts = Run("inspect", "-q", "--top", "established", "--json", "a.pcap");
        Appliance.Outcome details = Run("inspect", "-q", "--session", "1", "a.pcap");
        Appliance.Outcome nothing = Run("inspect", "-q", "--filter", "sni=no.such.name", "a.pcap");
        Appliance.Outcome wrong = Run("inspect", "--filter", "snni=x", "a.pcap");
        Assert.Matches(@"^\{""value"":""(true|false)"",""sessions"":\d+\}\n", counts.Output);
        Assert.Contains("Time line", details.Output, StringComparison.Ordinal);
        Assert.Equal("No TLS sessions found.\n", nothing.Output);
        AssertOneLine(wrong, Usage, "tls-appliance: no field is called snni; did you mean sni?");
    }

    [Fact]
    public void Test_config_says_what_is_wrong_and_78()
    {
        File.WriteAllText(At("good.yml"), "monitoring.enabled: true\n");
        File.WriteAllText(At("bad.yml"), "nmae: x\n");
        Appliance.Outcome good = Run("test", "config", "-c", "good.yml");
        Assert.Equal((Done, "Config OK\n"), (good.ExitCode, good.Output));
        Assert.Equal("tls-appliance: warning: good.yml:1:1: monitoring.enabled: Packetbeat's option, not implemented here; ignored\n", good.Error);
        Assert.Equal(BadConfiguration, Run("test", "config", "--deny-warnings", "-c", "good.yml").ExitCode);
        AssertOneLine(Run("test", "config", "-c", "bad.yml"), BadConfiguration, "tls-appliance: bad.yml:1:1: nmae: unknown option; did you mean name?");

        Appliance.Outcome json = Run("test", "config", "--json", "-c", "bad.yml");
        Assert.Equal(BadConfiguration, json.ExitCode);
        Assert.Equal("", json.Error);
        Assert.Equal(
            """{"ok":false,"errors":[{"source":"bad.yml","line":1,"column":1,"option":"nmae","message":"unknown option; did you mean name?"}],"warnings":[],"notices":[]}""" + "\n",
            json.Output);
    }

    [Fact]
    public void The_second_word_of_a_verb_is_asked_for()
    {
        Appliance.Outcome outcome = Run("test", "confg");
        Assert.Equal(Usage, outcome.ExitCode);
        Assert.Matches(@"^tls-appliance: test: expected one of config.*, found ""confg""; did you mean config\?\nTry: tls-appliance test --help\n$", outcome.Error);
    }

    [Fact]
    public void Export_config_prints_what_is_in_force()
    {
        Appliance.Outcome outcome = Run("export", "config", "--changed", "-E", "name=a", "--path.data", "/x");
        Assert.Equal((Done, "name: a  # -E\npath.data: \"/x\"  # --path.data\n", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
    }

    [Fact]
    public void A_command_line_for_packetbeat_replays_too()
    {
        CopyCapture("a.pcap");
        File.WriteAllText(At("packetbeat.yml"), "packetbeat.protocols.tls.send_certificates: true\n");
        Appliance.Outcome ours = Run("replay", "-o", "none", "--json", "-c", "packetbeat.yml", "a.pcap");
        Appliance.Outcome theirs = Run("-e", "-c", "packetbeat.yml", "-I", "a.pcap", "-t", "-N", "--json", "-d", "*", "--path.config", ".");
        Assert.Equal(Done, theirs.ExitCode);
        Assert.Equal(Events(ours.Output), Events(theirs.Output));
    }

    [Theory]
    [InlineData("no/such/config.yml", "tls-appliance: no/such/config.yml: no such file")]
    [InlineData("bad.yml", "tls-appliance: bad.yml:1:1: nmae: unknown option; did you mean name?")]
    public void Bad_configuration_is_one_clear_line_and_78(string file, string line)
    {
        CopyCapture("a.pcap");
        File.WriteAllText(At("bad.yml"), "nmae: x\n");
        AssertOneLine(Run("replay", "-c", file, "a.pcap"), BadConfiguration, line);
        Assert.False(Directory.Exists(At("events")));
    }

    [Theory]
    [InlineData("tls-appliance: unknown option --per-flie; did you mean --per-file? A file of that name is written ./--per-flie", "replay", "--per-flie", "x.pcap")]
    [InlineData("tls-appliance: --output: expected one of file, elasticsearch, stdout, none, found \"kafka\"", "replay", "-o", "kafka", "x.pcap")]
    [InlineData("tls-appliance: --rows: expected a whole number from 0 to 1000000, found \"many\"", "replay", "--rows", "many", "x.pcap")]
    [InlineData("tls-appliance: --per-file writes files; it goes with -o file only", "replay", "-o", "none", "--per-file", "d", "x.pcap")]
    [InlineData("tls-appliance: replay: expected FILE|DIR|GLOB|-, found nothing", "replay")]
    [InlineData("tls-appliance: --report: expected FILE.json, found nothing", "replay", "x.pcap", "--report")]
    public void A_wrong_command_line_is_2_and_points_to_the_help(string line, params string[] arguments)
    {
        Appliance.Outcome outcome = Run(arguments);
        Assert.Equal(Usage, outcome.ExitCode);
        Assert.Equal([line, "Try: tls-appliance replay --help"], outcome.Error.TrimEnd().Split('\n'));
        Assert.Equal("", outcome.Output);
    }

    [Theory]
    [InlineData("unknown command replya; did you mean replay?", "", "replya", "x.pcap")]
    [InlineData("unknown command xyzzy", "", "xyzzy")]
    [InlineData("unknown option --interfce; did you mean --interface?", "run ", "run", "--interfce", "eth0")]
    [InlineData("unknown option --verson; did you mean --version?", "run ", "--verson")]
    [InlineData("unknown option -z", "version ", "version", "-z")]
    [InlineData("doctor takes no argument, found \"eth0\"", "doctor ", "doctor", "eth0")]
    [InlineData("export: expected one of config, options, fields, man, template, ilm-policy, found \"confg\"; did you mean config?", "export ", "export", "confg")]
    [InlineData("test: expected one of config, output, capture, found nothing", "test ", "test")]
    [InlineData("completion: expected bash|zsh|fish, found nothing", "completion ", "completion")]
    public void A_slip_is_answered_with_what_was_meant(string line, string command, params string[] arguments)
    {
        Appliance.Outcome outcome = Run(arguments);
        Assert.Equal((Usage, $"tls-appliance: {line}\nTry: tls-appliance {command}--help\n", ""), (outcome.ExitCode, outcome.Error, outcome.Output));
    }

    [Fact]
    public void A_set_up_written_for_packetbeat_does_what_there_is_to_do()
    {
        const string Nobody = "output.elasticsearch.hosts=[127.0.0.1:1]";
        Appliance.Outcome all = Run("setup", "-e", "-E", Nobody);
        Assert.Equal((69, ""), (all.ExitCode, all.Output));
        Appliance.Outcome dashboards = Run("setup", "--dashboards", "-E", Nobody);
        Assert.Equal((Done, ""), (dashboards.ExitCode, dashboards.Output));
        Assert.StartsWith("tls-appliance: warning: --dashboards: Packetbeat's; ", dashboards.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_cannot_be_made_is_one_line_and_1()
    {
        CopyCapture("a.pcap");
        File.WriteAllText(At("file"), "");
        Appliance.Outcome outcome = Run("replay", "-q", "--output-dir", "file/below", "a.pcap");
        Assert.Equal(Failed, outcome.ExitCode);
        Assert.StartsWith("tls-appliance: cannot write file/below/", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("-o", "stdout")]
    [InlineData("-o", "none", "--json")]
    [InlineData("-o", "file")]
    public void A_full_disk_behind_the_standard_output_is_one_line_and_1(params string[] output)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full exists on Linux only");
        CopyCapture("a.pcap");
        Appliance.Outcome outcome = Appliance.RunInShell(_directory.FullName, "> /dev/full", ["replay", "-q", .. output, "a.pcap"]);
        Assert.Equal(Failed, outcome.ExitCode);
        Assert.Equal("tls-appliance: cannot write standard output: No space left on device\n", outcome.Error);
    }

    [Fact]
    public void A_standard_error_that_takes_nothing_changes_no_result()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full exists on Linux only");
        CopyCapture("a.pcap");
        Appliance.Outcome outcome = Appliance.RunInShell(_directory.FullName, "2> /dev/full", ["replay", "-o", "stdout", "a.pcap"]);
        Assert.Equal(Done, outcome.ExitCode);
        AssertEvents(outcome.Output, minimum: 1);
    }

    [Fact]
    public void A_reader_that_leaves_ends_it_quietly()
    {
        string captures = RepositoryRoot.Combine("replay-corpus");
        using Process process = Appliance.Start(_directory.FullName, [], "replay", "-q", "-o", "stdout", captures);
        process.StandardInput.Close();
        process.StandardOutput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((Done, ""), (process.ExitCode, error));
    }

    [Fact]
    public void Options_reach_the_events()
    {
        CopyCapture("a.pcap");
        File.WriteAllText(At("c.yml"), "tls_appliance.layout: ecs\ntags: [from-file]\n");
        string classic = Run("replay", "-q", "-o", "stdout", "a.pcap").Output;
        string ecs = Run("replay", "-q", "-o", "stdout", "-c", "c.yml", "-E", "fields.site=hq", "a.pcap").Output;
        string flag = Run("replay", "-q", "-o", "stdout", "-c", "c.yml", "--layout", "classic", "a.pcap").Output;

        Assert.Contains("\"handshake_completed\":", classic, StringComparison.Ordinal);
        Assert.Contains("\"established\":", ecs, StringComparison.Ordinal);
        Assert.Contains("\"from-file\"", ecs, StringComparison.Ordinal);
        Assert.Contains("\"site\":\"hq\"", ecs, StringComparison.Ordinal);
        Assert.Contains("\"handshake_completed\":", flag, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_shows_the_same_of_a_capture_and_of_its_events_in_either_layout()
    {
        CopyCapture("a.pcap");
        foreach (string layout in (string[])["classic", "ecs"])
        {
            File.WriteAllText(At($"{layout}.ndjson"), Run("replay", "-q", "-o", "stdout", "--layout", layout, "a.pcap").Output);
        }

        Appliance.Outcome capture = Run("inspect", "-q", "a.pcap");
        Assert.Equal(Done, capture.ExitCode);
        Assert.StartsWith("#  Time ", capture.Output, StringComparison.Ordinal);
        Assert.Equal(capture.Output, Run("inspect", "classic.ndjson").Output);
        Assert.Equal(capture.Output, Run("inspect", "ecs.ndjson").Output);
        Assert.False(Directory.Exists(At("events")));
    }

    [Fact]
    public void Inspect_of_a_directory_shows_its_captures_or_else_its_events()
    {
        CopyCapture("both/a.pcap");
        Directory.CreateDirectory(At("events"));
        File.WriteAllText(At("both/a.ndjson"), Run("replay", "-q", "-o", "stdout", "both/a.pcap").Output);
        File.Copy(At("both/a.ndjson"), At("events/a.ndjson"));
        foreach (string[] inputs in (string[][])[["both"], ["events"], ["./both/"], ["both/a.ndjson"]])
        {
            Assert.Single(Run(["inspect", "-q", "--json", .. inputs]).Output.TrimEnd().Split('\n'));
        }

        Assert.Equal(2, Run("inspect", "-q", "--json", "both", "events").Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Inspect_in_json_is_one_object_a_line()
    {
        CopyCapture("a.pcap");
        foreach (string line in Run("inspect", "-q", "--json", "a.pcap").Output.TrimEnd().Split('\n'))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            Assert.NotEmpty(row.RootElement.GetProperty("client").GetString()!);
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void The_table_fits_the_columns_that_there_are(int columns)
    {
        Appliance.Outcome outcome = Appliance.Run(
            _directory.FullName, null, [("COLUMNS", $"{columns}")], "inspect", "-q", "--rows", "1000", RepositoryRoot.Combine("replay-corpus"));
        string[] lines = outcome.Output.TrimEnd().Split('\n');
        Assert.True(lines.Length > 25);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, columns));
        Assert.DoesNotContain('\e', outcome.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("replay", "--help")]
    [InlineData("inspect", "-h")]
    public void Help_teaches_by_example(params string[] arguments)
    {
        Appliance.Outcome outcome = Run(arguments);
        Assert.Equal((Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("\nExamples:\n  tls-appliance ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_names_the_program_and_its_runtime()
    {
        Assert.Matches(@"^tls-appliance \d+\.\d+\.\d+ \(\.NET 10\.", Run("version").Output);
        using JsonDocument version = JsonDocument.Parse(Run("version", "--json").Output);
        Assert.Equal("tls-appliance", version.RootElement.GetProperty("name").GetString());
    }

    private static long Events(string summary)
    {
        using JsonDocument json = JsonDocument.Parse(summary);
        return json.RootElement.GetProperty("events").GetInt64();
    }

    private static string Capture => RepositoryRoot.Combine("replay-corpus", "alert-protocol-version", "input.pcap");

    private Appliance.Outcome Run(params string[] arguments) => Appliance.Run(_directory.FullName, arguments);

    private string At(string name) => Path.Combine(_directory.FullName, name);

    private void CopyCapture(string name, byte[]? more = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), [.. File.ReadAllBytes(Capture), .. more ?? []]);
    }

    private static void AssertEvents(string text, int minimum)
    {
        string[] lines = text.Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.InRange(lines.Length - 1, minimum, int.MaxValue);
        foreach (string line in lines[..^1])
        {
            using JsonDocument document = JsonDocument.Parse(line);
            Assert.True(document.RootElement.TryGetProperty("tls", out _));
        }
    }

    private static void AssertOneLine(Appliance.Outcome outcome, int exitCode, string line)
    {
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Equal(line + "\n", outcome.Error);
        Assert.Equal("", outcome.Output);
    }
}
