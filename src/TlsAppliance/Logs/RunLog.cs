using Microsoft.Extensions.Logging;
using TlsAppliance.Commands;
using TlsAppliance.Configuration;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Telemetry;

namespace TlsAppliance.Logs;

/// <summary>
/// What a run or a replay writes into its log: what it was told to do, when it cannot be relied on and when it can again, and from time to time the counters that
/// changed. It looks at the engine from outside, on timers; the engine knows nothing of it. What a person in front of it should know goes to the standard error,
/// too, unless that is the log.
/// </summary>
internal sealed partial class RunLog : IDisposable
{
    private readonly ApplianceLog _log;
    private readonly LoggingOptions _options;
    private readonly Action<string> _show;
    private readonly Action<string> _showProblem;
    private readonly TimeProvider _time;
    private readonly ILogger _run;
    private readonly ILogger _engine;
    private readonly ILogger _capture;
    private readonly ILogger _sink;
    private readonly ILogger _metrics;
    private readonly Lock _lock = new();
    private ITimer? _watching;
    private ITimer? _counting;
    private StatusSources? _sources;
    private string[] _complaints = [];
    private PipelineCounters _counters = new();
    private long _began;
    private long _counted;

    /// <param name="log">Becomes this one's own.</param>
    /// <param name="options">What is counted, and how often.</param>
    /// <param name="show">Takes lines for a person.</param>
    /// <param name="showProblem">Takes what somebody should look at.</param>
    /// <param name="time">Whose timers to use.</param>
    public RunLog(ApplianceLog log, LoggingOptions options, Action<string> show, Action<string> showProblem, TimeProvider time)
    {
        (_log, _options, _time) = (log, options, time);
        (_show, _showProblem) = options.ToStandardError ? (_ => { }, _ => { }) : (show, showProblem);
        (_run, _engine, _metrics) = (log.CreateLogger("run"), log.CreateLogger("engine"), log.CreateLogger("monitoring"));
        (_capture, _sink) = (log.CreateLogger("capture"), log.CreateLogger("sink"));
    }

    /// <summary>Opens the log that is configured. One that cannot be written is told, and is no reason not to capture.</summary>
    /// <param name="quiet">A person sees warnings only.</param>
    public static RunLog Open(ApplianceOptions options, bool quiet, TimeProvider time)
    {
        Action<string> show = quiet ? _ => { } : Diagnostics.Error;
        try
        {
            return new RunLog(ApplianceLog.Open(options.Logging, options.LogsPath, time), options.Logging, show, Diagnostics.Error, time);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Diagnostics.Warning($"no log is written: {failure.Message} (path.logs, logging.files.path; -e logs to the standard error)");
            return new RunLog(new ApplianceLog(options.Logging, [], time), options.Logging, show, Diagnostics.Error, time);
        }
    }

    /// <summary>The same for a replay, which leaves files only where the configuration says anything about a log: it is often run in somebody's folder.</summary>
    public static RunLog OpenForReplay(ApplianceOptions options, bool quiet, TimeProvider time)
    {
        options.Logging = options.Logging with { ToFiles = options.Logging.ToFiles && options.Logging.IsMentioned };
        return Open(options, quiet, time);
    }

    /// <summary>No static field: the first use of one makes those of all messages below, which a replay without a log has no use for.</summary>
    private static TimeSpan WatchPeriod => TimeSpan.FromSeconds(5);

    /// <summary>For the log alone.</summary>
    public void Note(string line) => Told(_run, line);

    /// <summary>One line about what is done.</summary>
    public void Tell(string line)
    {
        Told(_run, line);
        _show(line);
    }

    /// <summary>Something that somebody should look at.</summary>
    public void Warn(string line)
    {
        Warned(_run, line);
        _showProblem("warning: " + line);
    }

    /// <summary>Something that went wrong for good.</summary>
    public void Complain(string line)
    {
        Complained(_run, line);
        _showProblem(line);
    }

    /// <summary>The same work; why it ends early is written. Whoever ends it tells the person.</summary>
    public Func<int> Guard(Func<int> work) => () =>
    {
        try
        {
            return work();
        }
        catch (Exception failure)
        {
            Failed(_run, failure.Message);
            throw;
        }
    };

    /// <summary>Lets go of the files.</summary>
    public void Reopen() => _log.Reopen();

    /// <summary>From now on it looks at these, and counts what they do.</summary>
    public void Watch(StatusSources sources)
    {
        lock (_lock)
        {
            _sources = sources;
            _counters = sources.Pipeline.Counters();
            _began = _counted = _time.GetTimestamp();
        }

        _watching = _time.CreateTimer(_ => Look(), null, WatchPeriod, WatchPeriod);
        _counting = _options.MetricsEnabled ? _time.CreateTimer(_ => Count(), null, _options.MetricsPeriod, _options.MetricsPeriod) : null;
    }

    /// <summary>The engine has ended: what it did in all.</summary>
    public void End()
    {
        _watching?.Dispose();
        _counting?.Dispose();
        lock (_lock)
        {
            if (_sources is { } sources && _options.MetricsEnabled)
            {
                Write(sources.Pipeline.Counters(), new PipelineCounters(), _began, "in all");
            }
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            string[] complaints = [.. _sources!.AllComplaints()];
            foreach (string complaint in complaints.Except(_complaints))
            {
                NotReady(_engine, complaint);
            }

            if (complaints.Length == 0 && _complaints.Length > 0)
            {
                ReadyAgain(_engine);
            }

            _complaints = complaints;
            _sources.Pipeline.RequestSnapshot();
        }
    }

    private void Count()
    {
        lock (_lock)
        {
            PipelineCounters now = _sources!.Pipeline.Counters();
            PipelineCounters before = _counters;
            long since = _counted;
            (_counters, _counted) = (now, _time.GetTimestamp());
            Write(now, before, since, "lately");
            Detail(_sources);
        }
    }

    private void Write(PipelineCounters now, PipelineCounters before, long since, string when)
    {
        if (_metrics.IsEnabled(LogLevel.Information))
        {
            double seconds = Math.Round(_time.GetElapsedTime(since).TotalSeconds, 1);
            Counted(
                _metrics, when, seconds, now.Frames - before.Frames, now.WireBytes - before.WireBytes, now.Flows - before.Flows,
                now.Sessions - before.Sessions, now.Events - before.Events, now.Delivered - before.Delivered, now.Undelivered - before.Undelivered, now.GapBytes - before.GapBytes);
        }
    }

    /// <summary>For who looks for something: each capture and the output, since the start.</summary>
    private void Detail(StatusSources sources)
    {
        foreach (CaptureHealth capture in _capture.IsEnabled(LogLevel.Debug) ? sources.Pipeline.Captures : [])
        {
            Captured(_capture, capture.Interface, capture.Thread, capture.Frames, capture.Kernel.Dropped, capture.Failures);
        }

        if (_sink.IsEnabled(LogLevel.Debug) && sources.Output?.Invoke() is { } output)
        {
            double filled = Math.Round(output.QueueFilled, 4);
            Delivered(_sink, output.Type, output.Acked, output.Total, output.Active, output.DeadLettered, output.Dropped, filled);
        }
    }

    public void Dispose()
    {
        _watching?.Dispose();
        _counting?.Dispose();
        _log.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    private static partial void Told(ILogger logger, string line);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Line}")]
    private static partial void Warned(ILogger logger, string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Line}")]
    private static partial void Complained(ILogger logger, string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "ended: {Reason}")]
    private static partial void Failed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "not to be relied on: {Reason}")]
    private static partial void NotReady(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "ready again")]
    private static partial void ReadyAgain(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{When}, in {Seconds} s: {Frames} frames, {WireBytes} bytes, {Flows} connections, {Sessions} sessions, {Events} events, {Delivered} delivered, {Undelivered} not delivered, {MissingBytes} bytes missing")]
    private static partial void Counted(
        ILogger logger, string when, double seconds, long frames, long wireBytes, long flows, long sessions, long events, long delivered, long undelivered, long missingBytes);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Interface}, thread {Thread}: {Frames} frames read, {Dropped} dropped by the kernel, {Failures} failures")]
    private static partial void Captured(ILogger logger, string @interface, int thread, long frames, long dropped, long failures);

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "{Output}: {Settled} of {Given} events settled, {Waiting} waiting, {DeadLettered} dead letters, {Dropped} dropped, share of the queue filled {Filled}")]
    private static partial void Delivered(ILogger logger, string output, long settled, long given, long waiting, long deadLettered, long dropped, double filled);
}
