namespace TlsAppliance.Sinks.Queues;

/// <summary>What is in a queue and what became of what was. Counters begin with the process; gauges are of the moment.</summary>
public sealed record QueueState
{
    /// <summary>Gauge: events found or appended and not acknowledged yet, those in the hands of readers included.</summary>
    public required long PendingEvents { get; init; }

    /// <summary>Gauge: bytes that the queue takes, on the disk or in memory, with all that is around the documents.</summary>
    public required long PendingBytes { get; init; }

    /// <summary>Gauge: when the oldest pending event was appended; null when none is pending. Lag is the distance to now.</summary>
    public DateTimeOffset? OldestPending { get; init; }

    /// <summary>Gauge: the bound is reached; the next event waits or is dropped.</summary>
    public bool Full { get; init; }

    /// <summary>Gauge: appended events that are not synced yet, and would be lost by a kill of the machine. Always all of them in a memory queue.</summary>
    public long Unsynced { get; init; }

    /// <summary>Gauge: what keeps the queue from writing to its disk, in one line; null when nothing does. A box with a problem is not ready.</summary>
    public string? Problem { get; init; }

    /// <summary>Counter: events that an earlier run had left, as the numbering tells.</summary>
    public long Found { get; init; }

    /// <summary>Counter: events taken in.</summary>
    public long Appended { get; init; }

    /// <summary>Counter: events acknowledged.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Counter: events whose records were damaged or gone when they were to be read.</summary>
    public long Corrupt { get; init; }

    /// <summary>Counters: events that are not in the queue any more, or never were.</summary>
    public QueueDrops Dropped { get; init; }
}
