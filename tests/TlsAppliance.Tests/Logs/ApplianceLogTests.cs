using System.Text.Json;
using Microsoft.Extensions.Logging;
using TlsAppliance.Configuration;
using TlsAppliance.Logs;

namespace TlsAppliance.Tests.Logs;

public partial class ApplianceLogTests
{
    private readonly FixedTime _time = new();
    private readonly CollectedLines _lines = new();

    [Fact]
    public void Console_lines_name_level_and_part()
    {
        Log(new LoggingOptions(), new ConsoleLogFormat(), log => Lost(log.CreateLogger("sink"), 7, "es:9200", new IOException("gone")));
        Assert.Equal(["2026-01-31T23:59:59.123Z  WARN   [sink]  7 events lost at es:9200: IOException: gone"], _lines.Lines);
    }

    [Fact]
    public void Ecs_lines_are_objects_with_the_values_as_labels()
    {
        Log(new LoggingOptions(), new EcsLogFormat(), log => Lost(log.CreateLogger("sink"), 7, "es:9200", new IOException("gone")));
        using JsonDocument json = JsonDocument.Parse(Assert.Single(_lines.Lines));
        JsonElement root = json.RootElement;
        Assert.Equal("warn", root.GetProperty("log.level").GetString());
        Assert.Equal("2026-01-31T23:59:59.123Z", root.GetProperty("@timestamp").GetString());
        Assert.Equal("sink", root.GetProperty("log.logger").GetString());
        Assert.Equal("7 events lost at es:9200", root.GetProperty("message").GetString());
        Assert.Equal("Lost", root.GetProperty("event.action").GetString());
        Assert.Equal("""{"Count":7,"Host":"es:9200"}""", root.GetProperty("labels").GetRawText());
        Assert.Equal("System.IO.IOException", root.GetProperty("error.type").GetString());
    }

    [Fact]
    public void Hostile_text_moves_nothing_and_breaks_no_line()
    {
        const string Hostile = "a\u001b[2J\r\nb\u202ec\u0000\u2028\"";
        Log(new LoggingOptions(), new ConsoleLogFormat(), log => Lost(log.CreateLogger("sink"), 1, Hostile, new IOException(Hostile)));
        Log(new LoggingOptions(), new EcsLogFormat(), log => Lost(log.CreateLogger("sink"), 1, Hostile, new IOException(Hostile)));
        Assert.Equal(2, _lines.Lines.Count);
        Assert.All(_lines.Lines, line => Assert.DoesNotContain(line, character => char.IsControl(character) || character is '\u202e' or '\u2028'));
        Assert.NotNull(JsonDocument.Parse(_lines.Lines[1]));
    }

    [Fact]
    public void A_million_lines_of_one_class_are_a_handful_and_a_count()
    {
        Log(new LoggingOptions(), new ConsoleLogFormat(), log =>
        {
            ILogger sink = log.CreateLogger("sink");
            for (int number = 0; number < 1_000_000; number++)
            {
                Lost(sink, number, "x", null);
            }

            _time.Advance(TimeSpan.FromMinutes(1));
            Lost(sink, 1, "x", null);
            Lost(sink, 2, "x", null);
        });
        Assert.Equal(12, _lines.Lines.Count);
        Assert.EndsWith("1 events lost at x  (999990 suppressed)", _lines.Lines[10], StringComparison.Ordinal);
        Assert.EndsWith("2 events lost at x", _lines.Lines[11], StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_left_out_in_the_end_is_told_in_the_end()
    {
        Log(new LoggingOptions(), new ConsoleLogFormat(), log =>
        {
            for (int number = 0; number < 15; number++)
            {
                Lost(log.CreateLogger("sink"), number, "x", null);
            }
        });
        Assert.EndsWith("more lines like these were left out  (5 suppressed)", _lines.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogLevel.Information, "", "sink", false)]
    [InlineData(LogLevel.Debug, "", "sink", true)]
    [InlineData(LogLevel.Debug, "*", "sink", true)]
    [InlineData(LogLevel.Debug, "capture,sink", "sink", true)]
    [InlineData(LogLevel.Debug, "capture", "sink", false)]
    public void Debug_lines_are_those_of_the_parts_selected(LogLevel level, string selectors, string part, bool isWritten)
    {
        var options = new LoggingOptions { Level = level, Selectors = selectors.Length == 0 ? [] : [selectors] };
        Log(options, new ConsoleLogFormat(), log =>
        {
            ILogger logger = log.CreateLogger(part);
            Detail(logger);
        });
        Assert.Equal(isWritten, _lines.Lines.Count == 1);
    }

    [Fact]
    public void Files_are_rotated_kept_in_number_and_private()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("tls-appliance-");
        try
        {
            var options = new LoggingOptions { RotateAtBytes = 100, KeptFiles = 2, FilesName = "log" };
            using (var file = new RotatingLogFile(options, Path.Combine(directory.FullName, "logs"), _time))
            {
                for (int number = 0; number < 10; number++)
                {
                    file.Write(new string((char)('0' + number), 60));
                }

                _time.Advance(TimeSpan.FromDays(1));
                file.Write("next day");
                Assert.Equal(0, file.Lost);
            }

            FileInfo[] files = [.. directory.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.Name, StringComparer.Ordinal)];
            Assert.Equal(3, files.Length);
            Assert.Contains(files, file => file.Name == "log-20260201.ndjson");
            Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_log_that_was_moved_away_is_begun_anew_after_reopening()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("tls-appliance-");
        try
        {
            using var file = new RotatingLogFile(new LoggingOptions { FilesName = "log" }, directory.FullName, _time);
            file.Write("a");
            string path = directory.EnumerateFiles().Single().FullName;
            File.Move(path, path + ".old");
            file.Reopen();
            file.Write("b");
            Assert.Equal(("a\n", "b\n"), (File.ReadAllText(path + ".old"), File.ReadAllText(path)));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private void Log(LoggingOptions options, ILogFormat format, Action<ApplianceLog> work)
    {
        using var log = new ApplianceLog(options, [(_lines, format)], _time);
        work(log);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events lost at {Host}")]
    private static partial void Lost(ILogger logger, int count, string host, Exception? cause);

    [LoggerMessage(Level = LogLevel.Debug, Message = "a detail")]
    private static partial void Detail(ILogger logger);
}
