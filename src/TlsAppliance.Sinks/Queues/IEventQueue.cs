using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// Events between the one who renders them and the ones who deliver them, in order, numbered without gaps. One writer at a time; any number of readers and
/// acknowledgers on any thread. What is not acknowledged when a disk queue is closed or killed is read again from the next one over the same directory, so
/// delivery is at least once; <see cref="QueuedEvent.Id"/> makes it once.
/// </summary>
/// <remarks>
/// At every moment <c>Found + Appended = Acknowledged + Corrupt + Dropped.Shutdown + PendingEvents</c> in one <see cref="State"/>, and an event given to
/// <see cref="AppendAsync"/> is counted under <see cref="QueueState.Appended"/> or one reason of <see cref="QueueState.Dropped"/>.
/// </remarks>
public interface IEventQueue : IAsyncDisposable
{
    /// <summary>A consistent copy of the counters and gauges, taken now.</summary>
    QueueState State { get; }

    /// <summary>
    /// Copies the events into the queue and completes the batch, on every path. When the queue is full it waits (a replay) or drops the newest and counts them
    /// (live), as it was made. Cancelled while it waits: what found no place is counted as dropped by the shutdown, and the call returns without an exception,
    /// so that each event has its one bucket.
    /// </summary>
    ValueTask AppendAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// The next events that no reader has had yet, in order and all of one layout. Waits for the first as long as it takes, for more as the bounds say; a queue
    /// that is full or completed does not wait for more. Each event is handed out once: the reader keeps it until it is settled, and then acknowledges it.
    /// </summary>
    /// <returns>At least one event, to be disposed by the caller; null when appending was completed and everything has been read.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was handed out.</exception>
    ValueTask<QueueRead?> ReadAsync(QueueReadBounds bounds, CancellationToken cancellationToken);

    /// <summary>
    /// The event with this number is settled: delivered, already there, or safe among the dead letters. In any order, from any thread, never blocks on the disk
    /// and never throws; a number that was not handed out, or is acknowledged already, is ignored. The saved cursor is the lowest number not acknowledged.
    /// </summary>
    void Acknowledge(long number);

    /// <summary>As <see cref="Acknowledge(long)"/>, for every event of a read whose bit is set; one lock for all.</summary>
    /// <param name="read">As <see cref="ReadAsync"/> gave it, not disposed yet.</param>
    /// <param name="settled">One entry per event of the read.</param>
    void Acknowledge(QueueRead read, ReadOnlySpan<bool> settled);

    /// <summary>
    /// Returns when everything appended and acknowledged so far is as durable as this queue makes it, or cannot be made so: then
    /// <see cref="QueueState.Unsynced"/> stays above zero and <see cref="QueueState.Problem"/> says why. Never throws because of the disk.
    /// </summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Nothing will be appended any more: readers get the rest, then null. Idempotent.</summary>
    void CompleteAppending();
}
