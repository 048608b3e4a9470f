namespace TlsAppliance.Pipeline.Supervision;

/// <summary>How one shard has fared. Written by its supervisor and its drain, read by whoever reports.</summary>
public sealed class ShardHealth
{
    private long _failures, _drained;

    /// <summary>Shards started on this lane so far, drains included.</summary>
    public int Incarnation { get; internal set; }

    /// <summary>Failures since the start.</summary>
    public long Failures
    {
        get => Volatile.Read(ref _failures);
        internal set => Volatile.Write(ref _failures, value);
    }

    /// <summary>Frames thrown away because the shard kept failing.</summary>
    public long Drained
    {
        get => Volatile.Read(ref _drained);
        internal set => Volatile.Write(ref _drained, value);
    }

    /// <summary>The shard has failed and is started again after a wait.</summary>
    public bool IsInBackoff { get; internal set; }

    /// <summary>The lane is being emptied unread.</summary>
    public bool IsDraining { get; internal set; }

    /// <summary>Everything was read.</summary>
    public bool HasEnded { get; internal set; }

    internal int FailuresInARow { get; set; }

    /// <summary>When the present incarnation was started; time stamp of the supervisor's clock.</summary>
    internal long Started { get; set; }
}
