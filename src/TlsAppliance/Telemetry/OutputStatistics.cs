namespace TlsAppliance.Telemetry;

/// <summary>What became of the events that an output was given, by the names that libbeat has for it.</summary>
internal readonly record struct OutputStatistics
{
    /// <summary><c>elasticsearch</c>, <c>file</c>, <c>console</c>, <c>none</c>.</summary>
    public required string Type { get; init; }

    public long Total { get; init; }

    public long Acked { get; init; }

    /// <summary>Given to the output and not settled.</summary>
    public long Active { get; init; }

    public long Batches { get; init; }

    public long Dropped { get; init; }

    public long Duplicates { get; init; }

    public long DeadLettered { get; init; }

    /// <summary>Tried and tried again.</summary>
    public long Failed { get; init; }

    /// <summary>Refused because the target had too much to do.</summary>
    public long TooMany { get; init; }

    public long WrittenBytes { get; init; }

    public long WriteErrors { get; init; }

    /// <summary>Events waiting in the queue, and how many it takes; 0: no queue, or bounded by bytes.</summary>
    public long QueuedEvents { get; init; }

    public long QueueCapacity { get; init; }

    /// <summary>Share of the queue's bound that is filled, from 0 to 1.</summary>
    public double QueueFilled { get; init; }
}
