using Microsoft.Extensions.Logging;
using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration;

/// <summary>The program's own log.</summary>
internal static partial class ApplianceRegistry
{
    /// <summary>What <c>-e</c> sets.</summary>
    public const string LogToStandardErrorKey = "logging.to_stderr";

    /// <summary>What <c>-d</c> and <c>-v</c> set.</summary>
    public const string LogLevelKey = "logging.level";

    /// <summary>What <c>-d</c> sets besides.</summary>
    public const string LogSelectorsKey = "logging.selectors";

    private static readonly ChoiceFormat<LogLevel> s_levels = new(
        ("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warning", LogLevel.Warning), ("warn", LogLevel.Warning),
        ("error", LogLevel.Error), ("critical", LogLevel.Critical));

    private static IEnumerable<OptionDefinition> Logging() =>
    [
        Log(
            LogLevelKey, "Least level that is written.", s_levels,
            log => log.Level, (log, value) => log with { Level = value }),
        Log(
            LogSelectorsKey, "At level debug: only the parts with these names, such as capture or sink; empty or \"*\": all.", s_tags,
            log => log.Selectors, (log, value) => log with { Selectors = value }),
        Log(
            LogToStandardErrorKey, "Write to the standard error instead of files, as text for a person; -e sets it.", s_boolean,
            log => log.ToStandardError, (log, value) => log with { ToStandardError = value }),
        Log(
            "logging.to_files", "Write to files below logging.files.path, one ECS object a line.", s_boolean,
            log => log.ToFiles, (log, value) => log with { ToFiles = value }),
        Log<bool>(
            "logging.json", "On the standard error too: one ECS object a line.", s_boolean,
            log => log.IsJson, (log, value) => log with { IsJson = value }, match: "Packetbeat 7"),
        Log<string>(
            "logging.files.path", "Directory of the log files; empty: path.logs.", new TextFormat(4096),
            log => log.FilesPath, (log, value) => log with { FilesPath = value }),
        Log<string>(
            "logging.files.name", "First part of the log files' names; the day, a number and .ndjson follow.", new FileNameFormat(),
            log => log.FilesName, (log, value) => log with { FilesName = value }, match: null),
        Log<long>(
            "logging.files.rotateeverybytes", "Size at which a new log file is begun.", new BytesFormat(64 * KiB, 64 * GiB),
            log => log.RotateAtBytes, (log, value) => log with { RotateAtBytes = value }),
        Log<int>(
            "logging.files.keepfiles", "Log files that are kept besides the one in hand.", new IntegerFormat(2, 1024, "files"),
            log => log.KeptFiles, (log, value) => log with { KeptFiles = value }),
        Log<UnixFileMode>(
            "logging.files.permissions", "Permissions of the log files.", new FileModeFormat(),
            log => log.FilesMode, (log, value) => log with { FilesMode = value }),
        Log<bool>(
            "logging.metrics.enabled", "Write the counters that changed into the log from time to time.", s_boolean,
            log => log.MetricsEnabled, (log, value) => log with { MetricsEnabled = value }),
        Log<TimeSpan>(
            "logging.metrics.period", "How often.", new DurationFormat(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            log => log.MetricsPeriod, (log, value) => log with { MetricsPeriod = value }),
    ];

    private static OptionDefinition<T> Log<T>(
        string key, string help, ValueFormat<T> format, Func<LoggingOptions, T> get, Func<LoggingOptions, T, LoggingOptions> set, string? match = Packetbeat) =>
        new()
        {
            Key = key,
            Help = help,
            DefaultMatches = match,
            Format = format,
            Get = options => get(options.Logging),
            Set = (options, value) => options.Logging = set(options.Logging, value) with { IsMentioned = true },
        };
}
