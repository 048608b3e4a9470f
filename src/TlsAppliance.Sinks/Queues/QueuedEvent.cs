namespace TlsAppliance.Sinks.Queues;

/// <summary>One event of a <see cref="QueueRead"/>.</summary>
/// <param name="Number">Its place in the queue, for <see cref="IEventQueue.Acknowledge(long)"/>. Numbers begin at 1 and go on over restarts.</param>
/// <param name="Id">The event's identity; its 32 lower-case hex digits are Elasticsearch's <c>_id</c>.</param>
/// <param name="Timestamp">Start of the session, ns since 1970-01-01T00:00:00Z; decides the index.</param>
/// <param name="Queued">When it was appended, ms since 1970-01-01T00:00:00Z.</param>
/// <param name="Length">Bytes of its document, without a line feed.</param>
public readonly record struct QueuedEvent(long Number, UInt128 Id, long Timestamp, long Queued, int Length);
