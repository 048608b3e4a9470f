namespace TlsAppliance.Pipeline.Diagnostics;

/// <summary>
/// The counters of all stages at one point of the frame order: each stage copied its cells when the mark with this number passed it, so that every sum can be held
/// against every other. The residuals are zero unless there is a bug.
/// </summary>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="Dispatched">The dispatcher's cells.</param>
/// <param name="Shards">The cells of all shards, and those of the sink for their events, summed.</param>
/// <param name="OpenFlows">Connections that were open in the shards.</param>
public sealed record AccountingSnapshot(long Number, PipelineCounters Dispatched, PipelineCounters Shards, long OpenFlows)
{
    /// <summary>Frames received that are in no cell of the dispatcher.</summary>
    public long FrameResidual => Dispatched.Frames - Dispatched.ByStatus.Sum();

    /// <summary>TCP segments that the dispatcher neither filtered nor shunted nor forwarded.</summary>
    public long SegmentResidual =>
        Dispatched.ByStatus[0] + Dispatched.DefragmentedSegments - Dispatched.FilteredByPort - Dispatched.Shunted - Dispatched.Forwarded;

    /// <summary>Forwarded segments that are in no cell of a shard.</summary>
    public long LaneResidual => Dispatched.Forwarded - Shards.Processed - Shards.Shunted - Shards.Quarantined - Shards.Strays - Shards.Faulted - Shards.Drained;

    /// <summary>Connections that are neither open nor closed.</summary>
    public long FlowResidual => Shards.Flows - Shards.FlowsClosed - OpenFlows;

    /// <summary>Sessions without an event, a copy's mark or a reason.</summary>
    public long SessionResidual => Shards.Sessions - Shards.Events - Shards.Copies - Shards.Unrendered;

    /// <summary>Events that were neither delivered nor counted as undelivered.</summary>
    public long EventResidual => Shards.Events - Shards.Delivered - Shards.Undelivered;

    /// <summary>All of them by scope, for metrics.</summary>
    public IEnumerable<KeyValuePair<string, long>> Residuals =>
    [
        new("frames", FrameResidual), new("segments", SegmentResidual), new("lanes", LaneResidual), new("flows", FlowResidual), new("sessions", SessionResidual),
        new("events", EventResidual),
    ];
}
