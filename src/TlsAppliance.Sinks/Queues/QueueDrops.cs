namespace TlsAppliance.Sinks.Queues;

/// <summary>Events that a queue dropped, by reason.</summary>
/// <param name="QueueFull">The queue had reached its bound (<c>queue_full</c>).</param>
/// <param name="DiskUnwritable">The disk was full, read-only or broken, and the events held in memory meanwhile had reached theirs (<c>disk_unwritable</c>).</param>
/// <param name="TooLarge">One event is larger than a queue of this size takes (<c>too_large</c>).</param>
/// <param name="Shutdown">Still in memory, or still waiting for a place, when the queue had to close (<c>shutdown</c>).</param>
public readonly record struct QueueDrops(long QueueFull, long DiskUnwritable, long TooLarge, long Shutdown)
{
    public long Total => QueueFull + DiskUnwritable + TooLarge + Shutdown;
}
