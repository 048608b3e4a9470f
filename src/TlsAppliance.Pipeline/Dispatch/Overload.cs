using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Pipeline.Lanes;

namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>
/// What a live capture does when a shard lags. As long as the source has room of its own (a ring of the kernel), the dispatcher waits as a replay does. When that
/// fills up: in a lane with less than a quarter of its batches free, frames of connections whose beginning was not seen are shed unless they look like a
/// handshake; a frame that finds a full lane is dropped. Both are counted.
/// </summary>
internal sealed class Overload(ShuntTable shunt, ISourcePressure pressure, PipelineCounters counters, Action flush)
{
    /// <summary>The pressure is looked at again after so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Content type handshake (RFC 8446 section 5.1), and the major version that all of TLS has.</summary>
    private const byte Handshake = 22, MajorVersion = 3;

    /// <summary>False: the segment goes no further, and was counted.</summary>
    public bool Admits(LaneWriter lane, ulong hash, in DecodedFrame segment, ReadOnlySpan<byte> bytes)
    {
        if (lane.IsNearlyFull && pressure.IsPressed && IsExpendable(hash, segment, bytes))
        {
            counters.ShedMidstream++;
            return false;
        }

        while (!lane.HasRoom(bytes.Length))
        {
            flush();
            if (pressure.IsPressed)
            {
                counters.DroppedByLane++;
                return false;
            }

            lane.WaitForRoom(Pause);
        }

        return true;
    }

    private bool IsExpendable(ulong hash, in DecodedFrame segment, ReadOnlySpan<byte> bytes) =>
        (segment.Flags & TcpFlags.Syn) == 0
        && !shunt.Knows(hash)
        && !(segment.PayloadLength > 1 && bytes[segment.PayloadOffset] == Handshake && bytes[segment.PayloadOffset + 1] == MajorVersion);
}
