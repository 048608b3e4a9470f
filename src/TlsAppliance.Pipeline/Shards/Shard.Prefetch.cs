using System.Runtime.CompilerServices;
using TlsAppliance.Network.Flows;

namespace TlsAppliance.Pipeline.Shards;

/// <content>
/// The steps in which the memory of a connection is asked for before its frame is processed: more connections are open than fit into the processor's caches, and each
/// step needs what the one before it has brought. No step changes anything.
/// </content>
public sealed partial class Shard
{
    /// <summary>Cache lines of a <see cref="TlsFlow"/>.</summary>
    private const int FlowLines = 4;

    /// <summary>Cache lines of a tracker and of what is allocated with it.</summary>
    private const int TrackerLines = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AskForSlot(ulong hash) => _flows.Prefetch(hash);

    /// <summary>The index of the flow for the next steps, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int AskForRecord(ulong hash) => _flows.Approach(hash);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AskForFlow(int index)
    {
        if (IsStillThere(index) && _flows[index].Flow is { } flow)
        {
            Prefetch.Object(flow, FlowLines);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AskForTracker(int index)
    {
        if (IsStillThere(index) && _flows[index].Flow?.Tracker is { } tracker)
        {
            Prefetch.Object(tracker, TrackerLines);
        }
    }

    /// <summary>The table may have been emptied since.</summary>
    private bool IsStillThere(int index) => (uint)index < (uint)_flows.IndexEnd;
}
