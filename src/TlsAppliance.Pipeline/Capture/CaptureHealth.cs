using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline.Capture;

/// <summary>How one capture fares. Written by its thread and its supervisor, read by whoever reports.</summary>
public sealed class CaptureHealth(string name, int thread)
{
    /// <summary>A share of frames lost in one interval that is worth a word to an operator.</summary>
    public const double AlarmingLoss = 0.01;

    private readonly Lock _lock = new();
    private KernelCounters _closed;
    private ILiveSource? _source;
    private long _frames, _failures, _outages, _downTicks;
    private double _latestLoss, _latestShed;
    private string? _failure, _latestFailure;

    /// <summary>Name of the interface.</summary>
    public string Interface { get; } = name;

    /// <summary>Ordinal among the captures of this interface.</summary>
    public int Thread { get; } = thread;

    /// <summary>What the kernel counted, over all times that the interface was opened.</summary>
    public KernelCounters Kernel
    {
        get
        {
            lock (_lock)
            {
                return _source is { } open ? _closed + open.Counters : _closed;
            }
        }
    }

    /// <summary>Frames that were read.</summary>
    public long Frames
    {
        get => Volatile.Read(ref _frames);
        internal set => Volatile.Write(ref _frames, value);
    }

    /// <summary>Times that the capture failed or could not be opened.</summary>
    public long Failures
    {
        get => Volatile.Read(ref _failures);
        internal set => Volatile.Write(ref _failures, value);
    }

    /// <summary>Time without a capture, over all failures that are over.</summary>
    public TimeSpan Down
    {
        get => new(Volatile.Read(ref _downTicks));
        internal set => Volatile.Write(ref _downTicks, value.Ticks);
    }

    /// <summary>Share of the frames of the last whole interval that the kernel dropped for want of room; 0 to 1.</summary>
    public double LatestLoss
    {
        get => Volatile.Read(ref _latestLoss);
        internal set => Volatile.Write(ref _latestLoss, value);
    }

    /// <summary>Share of the frames of the last whole interval that were read and then shed or dropped, because a shard lagged; 0 to 1.</summary>
    public double LatestShed
    {
        get => Volatile.Read(ref _latestShed);
        internal set => Volatile.Write(ref _latestShed, value);
    }

    /// <summary>Why there is no capture at the moment; null while there is one.</summary>
    public string? Failure
    {
        get => Volatile.Read(ref _failure);
        internal set
        {
            if (value is not null && _failure is null)
            {
                Volatile.Write(ref _latestFailure, value);
                Volatile.Write(ref _outages, _outages + 1);
            }

            Volatile.Write(ref _failure, value);
        }
    }

    /// <summary>Times that the capture went down, or could not be opened at first; until it is up again, that is one. Whoever looks in between misses none.</summary>
    public long Outages => Volatile.Read(ref _outages);

    /// <summary>What began the latest outage; null when there was none.</summary>
    public string? LatestFailure => Volatile.Read(ref _latestFailure);

    /// <summary>Starts so far.</summary>
    public int Incarnation { get; internal set; }

    /// <summary>The capture has ended and its counters are final.</summary>
    public bool HasEnded { get; internal set; }

    internal int FailuresInARow { get; set; }

    /// <summary>When it last came up, or went down; time stamp of the supervisor's clock.</summary>
    internal long Since { get; set; }

    internal void Opened(ILiveSource source)
    {
        lock (_lock)
        {
            _source = source;
        }
    }

    /// <summary>The source's counters are final.</summary>
    internal void Closed()
    {
        lock (_lock)
        {
            _closed += _source?.Counters ?? default;
            _source = null;
        }
    }
}
