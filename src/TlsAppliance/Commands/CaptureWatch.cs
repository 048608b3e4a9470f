using TlsAppliance.Pipeline.Capture;

namespace TlsAppliance.Commands;

/// <summary>
/// Tells a person, once each time, when an interface goes away and comes back, and what is wrong with the frames of one. It looks now and then, but at counts: an outage that was over
/// before it looked is told, too.
/// </summary>
internal sealed class CaptureWatch : IDisposable
{
    /// <summary>Each look reads the interface's counters, as text.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Action<string> _warn;
    private readonly Told[] _captures;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;

    public CaptureWatch(IReadOnlyList<CaptureHealth> captures, Action<string> warn, TimeProvider time)
    {
        _warn = warn;
        _captures = [.. captures.Select(capture => new Told(capture))];
        _timer = time.CreateTimer(_ => Look(), null, s_interval, s_interval);
    }

    /// <summary>What was told of one capture.</summary>
    private sealed class Told(CaptureHealth capture)
    {
        public CaptureHealth Capture { get; } = capture;

        public long Outages { get; set; }

        public bool IsDown { get; set; }

        public bool IsCut { get; set; }
    }

    private void Look()
    {
        lock (_lock)
        {
            foreach (Told told in _captures)
            {
                LookForOutage(told);
                LookForCut(told);
            }
        }
    }

    private void LookForOutage(Told told)
    {
        CaptureHealth capture = told.Capture;
        long outages = capture.Outages;
        bool isDown = capture.Failure is not null, isNew = outages > told.Outages;
        if (isNew)
        {
            _warn($"{capture.Interface}: {capture.LatestFailure}; it is opened again when it is back");
        }

        if (!isDown && (isNew || told.IsDown))
        {
            _warn(FormattableString.Invariant($"{capture.Interface}: captured again, after {capture.Down.TotalSeconds:0.0} s in all without"));
        }

        (told.Outages, told.IsDown) = (outages, isDown);
    }

    private void LookForCut(Told told)
    {
        if (!told.IsCut && told.Capture.Kernel.Cut > 0)
        {
            told.IsCut = true;
            string name = told.Capture.Interface;
            _warn($"{name}: frames are longer than snaplen, so parts of them are missing: segments joined by the card or the kernel. "
                + $"ethtool -K {name} gro off lro off, or a larger packetbeat.interfaces.snaplen");
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Look();
    }
}
