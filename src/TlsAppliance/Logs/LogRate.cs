using System.Collections.Concurrent;

namespace TlsAppliance.Logs;

/// <summary>
/// At most so many lines of one class in an interval; what comes after is counted, and told with the next line of the class. A class is a part and a
/// message, never its values, so that nobody on the network can make classes.
/// </summary>
internal sealed class LogRate(TimeProvider time, int lines, TimeSpan interval)
{
    /// <summary>Messages are written in source, so there are few; the bound is for messages that are not.</summary>
    private const int MaximumClasses = 1024;

    private readonly ConcurrentDictionary<LineClass, Window> _windows = new();

    /// <summary>False: the line is left out.</summary>
    /// <param name="suppressed">How many were left out since the last one that was not.</param>
    public bool Allows(string part, string message, out long suppressed)
    {
        var key = new LineClass(part, message);
        if (!_windows.TryGetValue(key, out Window? window))
        {
            window = _windows.GetOrAdd(_windows.Count < MaximumClasses ? key : new LineClass("", ""), _ => new Window());
        }

        lock (window)
        {
            long now = time.GetTimestamp();
            if (window.Count == 0 || time.GetElapsedTime(window.Start, now) >= interval)
            {
                (window.Start, window.Count) = (now, 0);
            }

            if (window.Count >= lines)
            {
                window.Suppressed++;
                suppressed = 0;
                return false;
            }

            window.Count++;
            suppressed = window.Suppressed;
            window.Suppressed = 0;
            return true;
        }
    }

    /// <summary>What was left out and has not been told, by class; telling it here settles it.</summary>
    public IEnumerable<(string Part, string Message, long Suppressed)> TakeSuppressed()
    {
        foreach ((LineClass line, Window window) in _windows)
        {
            long suppressed;
            lock (window)
            {
                suppressed = window.Suppressed;
                window.Suppressed = 0;
            }

            if (suppressed > 0)
            {
                yield return (line.Part, line.Message, suppressed);
            }
        }
    }

    private readonly record struct LineClass(string Part, string Message);

    private sealed class Window
    {
        public long Start { get; set; }

        public int Count { get; set; }

        public long Suppressed { get; set; }
    }
}
