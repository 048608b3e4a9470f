using System.Diagnostics;
using System.Globalization;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline;

namespace TlsAppliance.Reports;

/// <summary>Shows that a long replay is alive: one line that is rewritten on a terminal, a line now and then elsewhere.</summary>
internal sealed class ReplayProgress : IDisposable
{
    private const string EraseLine = "\r\e[K";

    private static readonly TimeSpan s_terminalInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_logInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Action<string> _write;
    private readonly Func<PipelineCounters> _counters;
    private readonly ICaptureSource _source;
    private readonly bool _terminal;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Timer _timer;
    private bool _shown;
    private bool _ended;

    public ReplayProgress(Action<string> write, bool terminal, Func<PipelineCounters> counters, ICaptureSource source)
    {
        (_write, _terminal, _counters, _source) = (write, terminal, counters, source);
        TimeSpan interval = terminal ? s_terminalInterval : s_logInterval;
        _timer = new Timer(_ => Show(), null, interval, interval);
    }

    /// <summary>The line, without the terminal's control characters.</summary>
    internal static string Text(long bytesRead, long bytesTotal, long frames, long sessions, long wireBytes, TimeSpan elapsed)
    {
        double seconds = Math.Max(elapsed.TotalSeconds, 1e-6);
        string part = bytesTotal > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * bytesRead / bytesTotal:0} % of {ByteCount.Text(bytesTotal)}")
            : ByteCount.Text(bytesRead);
        return string.Create(
            CultureInfo.InvariantCulture, $"{part}, {frames:N0} frames, {sessions:N0} sessions, {wireBytes * 8 / seconds / 1e9:0.00} Gbit/s");
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            PipelineCounters counters = _counters();
            string text = Text(
                _source.BytesRead, _source.BytesTotal, counters.Frames, counters.Sessions, counters.WireBytes, Stopwatch.GetElapsedTime(_start));
            _shown = true;
            _write(_terminal ? EraseLine + text : text + Environment.NewLine);
        }
    }

    /// <summary>Takes the line away again.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _ended = true;
            if (_shown && _terminal)
            {
                _write(EraseLine);
            }
        }
    }
}
