namespace TlsAppliance.Network.Frames;

/// <summary>What the kernel says of one capture, and what its reader saw of the frames' lengths.</summary>
/// <param name="Received">Frames that passed the filter, those that were dropped included.</param>
/// <param name="Dropped">Of these, frames for which the capture had no room.</param>
/// <param name="Freezes">Times that the ring was full and the kernel stopped filling it.</param>
/// <param name="InterfaceDropped">Frames that the interface or its driver lost before anybody saw them (rx_dropped, rx_missed_errors, rx_fifo_errors).</param>
/// <param name="Cut">Frames that were longer than the snapshot length: segments that the card or the kernel joined (LRO, GRO).</param>
public readonly record struct KernelCounters(long Received, long Dropped, long Freezes, long InterfaceDropped, long Cut = 0)
{
    public static KernelCounters operator +(KernelCounters left, KernelCounters right) => new(
        left.Received + right.Received,
        left.Dropped + right.Dropped,
        left.Freezes + right.Freezes,
        left.InterfaceDropped + right.InterfaceDropped,
        left.Cut + right.Cut);
}
