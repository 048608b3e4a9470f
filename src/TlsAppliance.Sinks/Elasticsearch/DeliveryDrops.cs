using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch;

/// <summary>Events that did not and will not arrive, by reason.</summary>
/// <param name="Queue">Those that the queue dropped.</param>
/// <param name="DeadLettersFull">The target refused them, and the dead letters had reached their bound (<c>dead_letters_full</c>).</param>
/// <param name="Corrupt">Their records in the queue were damaged (<c>corrupt</c>).</param>
public readonly record struct DeliveryDrops(QueueDrops Queue, long DeadLettersFull, long Corrupt)
{
    public long Total => Queue.Total + DeadLettersFull + Corrupt;

    /// <summary>Reason and number, for all reasons.</summary>
    public IEnumerable<KeyValuePair<string, long>> ByReason() =>
    [
        new("queue_full", Queue.QueueFull),
        new("disk_unwritable", Queue.DiskUnwritable),
        new("too_large", Queue.TooLarge),
        new("shutdown", Queue.Shutdown),
        new("dead_letters_full", DeadLettersFull),
        new("corrupt", Corrupt),
    ];
}
