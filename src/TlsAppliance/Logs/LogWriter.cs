using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TlsAppliance.Logs;

/// <summary>Takes records from any thread without ever making it wait, and writes them on a thread of its own. When it cannot keep up, lines are lost and counted.</summary>
internal sealed class LogWriter : IDisposable
{
    private const int Waiting = 4096;
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<LogRecord> _records = new(Waiting);

    private readonly IReadOnlyList<(ILogTarget Target, ILogFormat Format)> _outputs;
    private readonly TimeProvider _time;
    private readonly Thread _writing;
    private long _lost;
    private int _reopen;

    public LogWriter(IReadOnlyList<(ILogTarget Target, ILogFormat Format)> outputs, TimeProvider time)
    {
        (_outputs, _time) = (outputs, time);
        _writing = new Thread(WriteAll) { IsBackground = true, Name = "log" };
        _writing.Start();
    }

    public void Add(LogRecord record)
    {
        try
        {
            if (!_records.TryAdd(record))
            {
                Interlocked.Increment(ref _lost);
            }
        }
        catch (InvalidOperationException)
        {
            // A timer or a signal that comes after the end has nobody to tell.
        }
    }

    /// <summary>The files are let go of before the next line.</summary>
    public void Reopen() => Interlocked.Exchange(ref _reopen, 1);

    private void WriteAll()
    {
        foreach (LogRecord record in _records.GetConsumingEnumerable())
        {
            if (Interlocked.Exchange(ref _reopen, 0) == 1)
            {
                foreach ((ILogTarget target, _) in _outputs)
                {
                    target.Reopen();
                }
            }

            Write(record);
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and long lost)
            {
                Write(new LogRecord(_time.GetUtcNow(), LogLevel.Warning, "log", "LinesLost", $"{lost} lines of the log were lost: it could not be written as fast as it grew", [], null, 0));
            }
        }
    }

    private void Write(LogRecord record)
    {
        foreach ((ILogTarget target, ILogFormat format) in _outputs)
        {
            target.Write(format.Write(record));
        }
    }

    /// <summary>Returns when all lines are written, or after a while.</summary>
    public void Dispose()
    {
        _records.CompleteAdding();
        if (!_writing.Join(s_stopTimeout))
        {
            return;
        }

        foreach ((ILogTarget target, _) in _outputs)
        {
            target.Dispose();
        }
    }
}
