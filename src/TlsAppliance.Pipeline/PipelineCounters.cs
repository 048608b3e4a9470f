using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline;

/// <summary>What happened to everything that came in. Plain cells of one owner; readers sum copies. Every frame is in exactly one cell of its group.</summary>
public sealed class PipelineCounters
{
    /// <summary>Frames received, and their captured and wire bytes.</summary>
    public long Frames { get; set; }

    public long CapturedBytes { get; set; }

    public long WireBytes { get; set; }

    /// <summary>Frames by what they turned out to be, indexed by <see cref="DecodeStatus"/>.</summary>
    public long[] ByStatus { get; } = new long[256];

    /// <summary>All of <see cref="ByStatus"/>.</summary>
    public long Decoded
    {
        get
        {
            long sum = 0;
            foreach (long frames in ByStatus)
            {
                sum += frames;
            }

            return sum;
        }
    }

    /// <summary>
    /// TCP segments that were read. Each TCP frame, and each TCP segment of a reassembled datagram, is counted in one of this, <see cref="Shunted"/>,
    /// <see cref="FilteredByPort"/>, <see cref="ShedMidstream"/>, <see cref="DroppedByLane"/>, <see cref="Quarantined"/>, <see cref="Strays"/>, <see cref="Faulted"/> and
    /// <see cref="Drained"/>.
    /// </summary>
    public long Processed { get; set; }

    /// <summary>TCP segments that the dispatcher copied into a lane; a shard counts each of them in a cell of its own.</summary>
    public long Forwarded { get; set; }

    /// <summary>Live: segments of connections whose beginning was not seen, shed because a shard lagged.</summary>
    public long ShedMidstream { get; set; }

    /// <summary>Live: segments for which a lagging shard's lane had no room.</summary>
    public long DroppedByLane { get; set; }

    /// <summary>TCP frames whose ports the configuration does not list.</summary>
    public long FilteredByPort { get; set; }

    /// <summary>TCP frames of flows whose reading failed by a fault of ours.</summary>
    public long Quarantined { get; set; }

    /// <summary>Resets and bare FINs of connections that are not known.</summary>
    public long Strays { get; set; }

    /// <summary>TCP segments that came in fragments; their frames are counted as fragments.</summary>
    public long DefragmentedSegments { get; set; }

    /// <summary>TCP frames that came after the event of their flow, or of a flow that is no TLS.</summary>
    public long Shunted { get; set; }

    /// <summary>Frames whose reading ended a shard.</summary>
    public long Faulted { get; set; }

    /// <summary>Frames thrown away because a shard kept failing.</summary>
    public long Drained { get; set; }

    /// <summary>Connections opened, and those that were closed for any reason.</summary>
    public long Flows { get; set; }

    public long FlowsClosed { get; set; }

    /// <summary>Connections that were open in a shard when it failed; part of <see cref="FlowsClosed"/>.</summary>
    public long FlowsLost { get; set; }

    /// <summary>TLS sessions recognised.</summary>
    public long Sessions { get; set; }

    /// <summary>Sessions recognised that gave no event because the same session was already reported (same traffic seen twice).</summary>
    public long Copies { get; set; }

    /// <summary>Sessions whose event a processor dropped.</summary>
    public long Unrendered { get; set; }

    public long Events { get; set; }

    public long EventBytes { get; set; }

    /// <summary>Events that the sink has taken over, and those that it could not: it had failed, or a stop left no time.</summary>
    public long Delivered { get; set; }

    public long Undelivered { get; set; }

    /// <summary>Live: events dropped because the sink had no room.</summary>
    public long EventsDropped { get; set; }

    /// <summary>Holes given up, and the bytes missing in them.</summary>
    public long Gaps { get; set; }

    public long GapBytes { get; set; }

    /// <summary>Payload bytes of connections being read that their receiver acknowledged, and those of them that were not captured: what a capture loses.</summary>
    public long AcknowledgedBytes { get; set; }

    public long UnseenBytes { get; set; }

    /// <summary>
    /// Further counters by dotted name (<c>segments.out_of_order</c>, <c>fragments.expired</c> …), for the summary and the metrics. Filled when the run
    /// has ended; not to be read before.
    /// </summary>
    public NamedCounters Named { get; } = new();

    /// <summary>Adds all cells to a total.</summary>
    public void AddTo(PipelineCounters total)
    {
        total.Frames += Frames;
        total.CapturedBytes += CapturedBytes;
        total.WireBytes += WireBytes;
        for (int status = 0; status < ByStatus.Length; status++)
        {
            total.ByStatus[status] += ByStatus[status];
        }

        total.Forwarded += Forwarded;
        total.ShedMidstream += ShedMidstream;
        total.DroppedByLane += DroppedByLane;
        total.Processed += Processed;
        total.FilteredByPort += FilteredByPort;
        total.Quarantined += Quarantined;
        total.Strays += Strays;
        total.DefragmentedSegments += DefragmentedSegments;
        total.Shunted += Shunted;
        total.Faulted += Faulted;
        total.Drained += Drained;
        total.Flows += Flows;
        total.FlowsClosed += FlowsClosed;
        total.FlowsLost += FlowsLost;
        total.Sessions += Sessions;
        total.Copies += Copies;
        total.Unrendered += Unrendered;
        total.Events += Events;
        total.EventBytes += EventBytes;
        total.Delivered += Delivered;
        total.Undelivered += Undelivered;
        total.EventsDropped += EventsDropped;
        total.Gaps += Gaps;
        total.GapBytes += GapBytes;
        total.AcknowledgedBytes += AcknowledgedBytes;
        total.UnseenBytes += UnseenBytes;
        lock (Named)
        {
            total.AddNamed(Named);
        }
    }

    /// <summary>Adds to <see cref="Named"/> what a shard, or another part with names, has counted at its end.</summary>
    internal void AddNamed(NamedCounters counters)
    {
        lock (Named)
        {
            Named.Add(counters);
        }
    }
}
