namespace TlsAppliance.Pipeline.Shards;

/// <summary>Where a connection stands in its shard. Frames of all but <see cref="Open"/> are not read any more, until a new SYN.</summary>
internal enum FlowState : byte
{
    /// <summary>Being read.</summary>
    Open = 0,

    /// <summary>Its event is out.</summary>
    Finished,

    /// <summary>No TLS.</summary>
    NotTls,

    /// <summary>Closed before anything could be told of it.</summary>
    Closed,

    /// <summary>Reading it failed by a fault of ours.</summary>
    Quarantined,
}
