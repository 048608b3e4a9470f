using System.Diagnostics;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline;

namespace TlsAppliance.Reports;

/// <summary>Shows that a long replay is alive: one line that is rewritten on a terminal, a line now and then elsewhere.</summary>
internal sealed class ReplayProgress : IDisposable
{
    /// <summary>In the last column a terminal goes on to the next line, and a Ctrl-C is echoed as two characters.</summary>
    private const int FreeColumns = 3;

    private const string EraseLine = "\r\e[K";

    private static readonly TimeSpan s_terminalInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_logInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Action<string> _write;
    private readonly Func<int?> _width;
    private readonly Func<TimeSpan, ProgressSample> _sample;
    private readonly ProgressBounds _bounds;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Timer _timer;
    private ProgressSample _before;
    private bool _shown;
    private bool _ended;

    /// <param name="write">Takes the text.</param>
    /// <param name="width">Columns of the terminal, which may change; null: it is none.</param>
    /// <param name="counters">The engine's counters, on any thread.</param>
    /// <param name="source">How far the input is read.</param>
    /// <param name="bounds">What ends the replay before the input does.</param>
    public ReplayProgress(Action<string> write, Func<int?> width, Func<PipelineCounters> counters, ICaptureSource source, ProgressBounds bounds)
        : this(write, width, elapsed => Sample(elapsed, counters(), source), bounds)
    {
    }

    /// <param name="write">Takes the text.</param>
    /// <param name="width">Columns of the terminal, which may change; null: it is none.</param>
    /// <param name="sample">How far it is, after so much time, on any thread.</param>
    /// <param name="bounds">What ends it.</param>
    public ReplayProgress(Action<string> write, Func<int?> width, Func<TimeSpan, ProgressSample> sample, ProgressBounds bounds)
    {
        (_write, _width, _sample, _bounds) = (write, width, sample, bounds);
        TimeSpan interval = width() is null ? s_logInterval : s_terminalInterval;
        _timer = new Timer(_ => Show(), null, interval, interval);
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            ProgressSample sample = _sample(Stopwatch.GetElapsedTime(_start));
            _shown = true;

            _write(_width() is { } width
                ? EraseLine + ProgressLine.ForTerminal(sample, _before, _bounds, width - FreeColumns)
                : ProgressLine.ForLog(sample, _before, _bounds) + Environment.NewLine);
            _before = sample;
        }
    }

    private static ProgressSample Sample(TimeSpan elapsed, PipelineCounters counters, ICaptureSource source) => new(
        elapsed,
        source.BytesRead,
        source.BytesTotal,
        counters.Frames,
        counters.WireBytes,
        counters.Sessions,
        counters.Quarantined + counters.Faulted + counters.Drained);

    /// <summary>Takes the line away again.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _ended = true;
            if (_shown && _width() is not null)
            {
                _write(EraseLine);
            }
        }
    }
}
