using TlsAppliance.Pipeline.Capture;

namespace TlsAppliance.Commands;

/// <summary>Tells a person, once each time, when an interface goes away and comes back, and what is wrong with the frames of one.</summary>
internal sealed class CaptureWatch : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<CaptureHealth> _captures;
    private readonly Action<string> _warn;
    private readonly string?[] _failures;
    private readonly bool[] _cut;
    private readonly Lock _lock = new();
    private readonly Timer _timer;

    public CaptureWatch(IReadOnlyList<CaptureHealth> captures, Action<string> warn)
    {
        (_captures, _warn) = (captures, warn);
        _failures = new string?[captures.Count];
        _cut = new bool[captures.Count];
        _timer = new Timer(_ => Look(), null, s_interval, s_interval);
    }

    private void Look()
    {
        lock (_lock)
        {
            for (int index = 0; index < _captures.Count; index++)
            {
                Look(_captures[index], ref _failures[index], ref _cut[index]);
            }
        }
    }

    private void Look(CaptureHealth capture, ref string? told, ref bool toldOfCut)
    {
        string? failure = capture.Failure;
        if (failure is not null && told is null)
        {
            _warn($"{capture.Interface}: {failure}; it is opened again when it is back");
        }
        else if (failure is null && told is not null)
        {
            _warn(FormattableString.Invariant($"{capture.Interface}: captured again, after {capture.Down.TotalSeconds:0.0} s in all without"));
        }

        told = failure;
        if (!toldOfCut && capture.Kernel.Cut > 0)
        {
            toldOfCut = true;
            _warn($"{capture.Interface}: frames are longer than snaplen, so parts of them are missing: segments joined by the card or the kernel. "
                + $"ethtool -K {capture.Interface} gro off lro off, or a larger packetbeat.interfaces.snaplen");
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Look();
    }
}
