using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch;

/// <summary>
/// What became of every event, in one consistent copy: <c>Created + Found = Indexed + Duplicate + DeadLettered + Dropped + Spooled + InFlight + Arriving</c>
/// at any moment.
/// </summary>
public sealed record DeliveryState
{
    /// <summary>Counter: events handed to this sink.</summary>
    public required long Created { get; init; }

    /// <summary>Counter: events that an earlier run had left in the queue.</summary>
    public required long Found { get; init; }

    /// <summary>Counter: events that the target took now.</summary>
    public required long Indexed { get; init; }

    /// <summary>Counter: events that the target had already.</summary>
    public required long Duplicate { get; init; }

    /// <summary>Counter: events that the target will never take, kept among the dead letters.</summary>
    public required long DeadLettered { get; init; }

    /// <summary>Counters: events that did not arrive.</summary>
    public required DeliveryDrops Dropped { get; init; }

    /// <summary>Gauge: events in the queue that nobody is sending.</summary>
    public required long Spooled { get; init; }

    /// <summary>Gauge: events that are being sent, or wait for their next try.</summary>
    public required long InFlight { get; init; }

    /// <summary>Gauge: events of the batch that is just being written to the queue.</summary>
    public required long Arriving { get; init; }

    /// <summary>Counter: events that were sent again, each time one.</summary>
    public required long Retried { get; init; }

    /// <summary>Counter: events that were refused with 429, each time one: alone, or with the request that they were in.</summary>
    public required long Throttled { get; init; }

    /// <summary>Counters: bulk requests by status; 0 is no answer.</summary>
    public required IReadOnlyDictionary<int, long> Requests { get; init; }

    /// <summary>Counter: bodies of these requests, unpacked.</summary>
    public required long RequestBytes { get; init; }

    /// <summary>Gauge: how delivery goes.</summary>
    public required DeliveryCondition Condition { get; init; }

    /// <summary>Gauge: what is wrong, in one line; null when nothing is.</summary>
    public required string? Problem { get; init; }

    /// <summary>Gauge: how long the oldest event has been waiting; zero when none is.</summary>
    public required TimeSpan Lag { get; init; }

    /// <summary>Gauge: since when no event was settled, counted from the start when none ever was.</summary>
    public required TimeSpan SinceProgress { get; init; }

    /// <summary>The queue's own view, from the same moment.</summary>
    public required QueueState Queue { get; init; }

    /// <summary>Events that are not with the target, the dead letters or the dropped ones yet.</summary>
    public long Pending => Spooled + InFlight + Arriving;

    /// <summary>
    /// Invariant I4, other than 0 is a bug: events that are in no bucket, or in two. Those arriving are known by the batch that they come in, of which the queue
    /// may have taken none, some or all.
    /// </summary>
    public required long EventResidual { get; init; }

    /// <summary>Invariant I5, other than 0 is a bug: what the queue says was acknowledged, less what was settled here.</summary>
    public long QueueResidual => Queue.Acknowledged - Indexed - Duplicate - DeadLettered - Dropped.DeadLettersFull;
}
