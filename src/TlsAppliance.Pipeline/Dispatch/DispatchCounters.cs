using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>
/// What the dispatcher did with every frame. <c>Frames</c> is the sum of <see cref="ByStatus"/>; TCP frames plus <see cref="DefragmentedSegments"/> are the sum
/// of <see cref="FilteredByPort"/>, <see cref="Shunted"/> and <see cref="Forwarded"/>.
/// </summary>
internal sealed class DispatchCounters
{
    public long Frames { get; set; }

    public long CapturedBytes { get; set; }

    public long WireBytes { get; set; }

    /// <summary>Indexed by <see cref="DecodeStatus"/>.</summary>
    public long[] ByStatus { get; } = new long[256];

    public long DefragmentedSegments { get; set; }

    public long FilteredByPort { get; set; }

    /// <summary>Of connections that need no more reading.</summary>
    public long Shunted { get; set; }

    /// <summary>Copied into a lane.</summary>
    public long Forwarded { get; set; }

    /// <summary>Adds these cells to a total.</summary>
    public void AddTo(PipelineCounters total)
    {
        total.Frames += Frames;
        total.CapturedBytes += CapturedBytes;
        total.WireBytes += WireBytes;
        for (int status = 0; status < ByStatus.Length; status++)
        {
            total.ByStatus[status] += ByStatus[status];
        }

        total.DefragmentedSegments += DefragmentedSegments;
        total.FilteredByPort += FilteredByPort;
        total.Shunted += Shunted;
    }
}
