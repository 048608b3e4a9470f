using Microsoft.Extensions.Logging;
using TlsAppliance.Configuration;

namespace TlsAppliance.Logs;

/// <summary>
/// The program's log: to the standard error or to files, as <c>logging.*</c> says. Loggers are made by the part of the program that speaks (<c>capture</c>,
/// <c>sink</c> …), which is what <c>-d</c> selects. Not for the hot path: what happens per packet is counted.
/// </summary>
internal sealed class ApplianceLog : ILoggerFactory
{
    /// <summary>Lines of one class in <see cref="s_interval"/>; the rest is counted.</summary>
    private const int LinesPerInterval = 10;

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    private readonly LoggingOptions _options;
    private readonly TimeProvider _time;
    private readonly LogWriter? _writer;
    private readonly LogRate _rate;

    internal ApplianceLog(LoggingOptions options, IReadOnlyList<(ILogTarget Target, ILogFormat Format)> outputs, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _rate = new LogRate(time, LinesPerInterval, s_interval);
        _writer = outputs.Count > 0 ? new LogWriter(outputs, time) : null;
    }

    /// <param name="logsPath">Where files go when <c>logging.files.path</c> is not set.</param>
    /// <exception cref="IOException">The directory of the files cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static ApplianceLog Open(LoggingOptions options, string logsPath, TimeProvider time)
    {
        var outputs = new List<(ILogTarget, ILogFormat)>();
        if (options.ToStandardError)
        {
            outputs.Add((new StandardErrorTarget(), options.IsJson ? new EcsLogFormat() : new ConsoleLogFormat()));
        }
        else if (options.ToFiles)
        {
            outputs.Add((new RotatingLogFile(options, options.FilesPath.Length > 0 ? options.FilesPath : logsPath, time), new EcsLogFormat()));
        }

        return new ApplianceLog(options, outputs, time);
    }

    /// <param name="categoryName">The part that speaks, in one lower-case word.</param>
    public ILogger CreateLogger(string categoryName) => new PartLogger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("there is one log");

    /// <summary>Lets go of the files, so that they can be moved away.</summary>
    public void Reopen() => _writer?.Reopen();

    /// <summary>Lines that go nowhere, as in most replays, are not even made.</summary>
    private bool IsEnabled(string part, LogLevel level) =>
        _writer is not null && level >= _options.Level && level != LogLevel.None &&
        (level > LogLevel.Debug || _options.Selectors.Count == 0 || _options.Selectors.Any(selector => selector == "*" || selector.Split(',').Contains(part)));

    private static string? Template(IReadOnlyList<KeyValuePair<string, object?>> values) =>
        values.Count > 0 && values[^1].Key == "{OriginalFormat}" ? values[^1].Value as string : null;

    public void Dispose()
    {
        if (_writer is null)
        {
            return;
        }

        foreach ((string part, string message, long suppressed) in _rate.TakeSuppressed())
        {
            _writer.Add(new LogRecord(_time.GetUtcNow(), LogLevel.Information, part, message, "more lines like these were left out", [], null, suppressed));
        }

        _writer.Dispose();
    }

    private sealed class PartLogger(ApplianceLog log, string part) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(part, logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            IReadOnlyList<KeyValuePair<string, object?>> values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
            string name = eventId.Name ?? "";
            if (IsEnabled(logLevel) && log._rate.Allows(part, name.Length > 0 ? name : Template(values) ?? "", out long suppressed))
            {
                log._writer!.Add(new LogRecord(log._time.GetUtcNow(), logLevel, part, name, formatter(state, exception), values, exception, suppressed));
            }
        }
    }
}
