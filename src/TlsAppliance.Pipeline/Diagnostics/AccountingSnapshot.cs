using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline.Diagnostics;

/// <summary>
/// The counters of all stages at one point of the frame order: each stage copied its cells when the mark with this number passed it, so that every sum can be held
/// against every other. The residuals are zero unless there is a bug.
/// </summary>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="Dispatched">The dispatcher's cells.</param>
/// <param name="Shards">The cells of all shards, and those of the sink for their events, summed.</param>
/// <param name="OpenFlows">Connections that were open in the shards.</param>
/// <param name="Ahead">Segments in the shards' cells that their dispatcher sent behind its mark: with several dispatchers one mark comes first.</param>
/// <param name="Kernel">Live: what the kernel had counted for all captures.</param>
/// <param name="IsFinal">Live: all captures have ended, so that no frame is in a ring.</param>
public sealed record AccountingSnapshot(
    long Number, PipelineCounters Dispatched, PipelineCounters Shards, long OpenFlows, long Ahead = 0, KernelCounters Kernel = default, bool IsFinal = false)
{
    /// <summary>Live: frames that the kernel says it handed over and that did not come. While capturing, those that wait in a ring are not told from these.</summary>
    public long CaptureResidual => IsFinal ? Kernel.Received - Kernel.Dropped - Dispatched.Frames : 0;

    /// <summary>Frames received that are in no cell of the dispatcher.</summary>
    public long FrameResidual => Dispatched.Frames - Dispatched.Decoded;

    /// <summary>TCP segments that the dispatcher neither filtered nor shunted nor forwarded.</summary>
    public long SegmentResidual =>
        Dispatched.ByStatus[0] + Dispatched.DefragmentedSegments - Dispatched.FilteredByPort - Dispatched.Shunted - Dispatched.Forwarded
        - Dispatched.ShedMidstream - Dispatched.DroppedByLane;

    /// <summary>Forwarded segments that are in no cell of a shard.</summary>
    public long LaneResidual => Dispatched.Forwarded + Ahead - Shards.Processed - Shards.Shunted - Shards.Quarantined - Shards.Strays - Shards.Faulted - Shards.Drained;

    /// <summary>Connections that are neither open nor closed.</summary>
    public long FlowResidual => Shards.Flows - Shards.FlowsClosed - OpenFlows;

    /// <summary>Sessions without an event, a copy's mark or a reason.</summary>
    public long SessionResidual => Shards.Sessions - Shards.Events - Shards.Copies - Shards.Unrendered;

    /// <summary>Events that were neither delivered nor counted as undelivered or dropped.</summary>
    public long EventResidual => Shards.Events - Shards.Delivered - Shards.Undelivered - Shards.EventsDropped;

    /// <summary>All of them by scope, for metrics.</summary>
    public IEnumerable<NamedCounter> Residuals =>
    [
        .. Kernel == default ? [] : (NamedCounter[])[new("capture", CaptureResidual)],
        new("frames", FrameResidual), new("segments", SegmentResidual), new("lanes", LaneResidual), new("flows", FlowResidual), new("sessions", SessionResidual),
        new("events", EventResidual),
    ];
}
