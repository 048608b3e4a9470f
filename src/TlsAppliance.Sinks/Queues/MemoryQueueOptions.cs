namespace TlsAppliance.Sinks.Queues;

/// <summary>Bounds of a queue in memory.</summary>
public sealed record MemoryQueueOptions
{
    /// <summary>Most events in the queue, those in the hands of readers included (<c>queue.mem.events</c>).</summary>
    /// <value>3200, as Packetbeat's.</value>
    public int Events { get; init; } = 3200;

    /// <summary>Most bytes of unread documents, so that events with certificates in them do not make this bound a question of luck.</summary>
    /// <value>64 MiB; 3200 events of the common mix take 8.</value>
    public long Bytes { get; init; } = 64L << 20;

    public FullPolicy WhenFull { get; init; } = FullPolicy.Wait;
}
