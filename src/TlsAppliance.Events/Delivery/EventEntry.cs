namespace TlsAppliance.Events.Delivery;

/// <summary>One document in an <see cref="EventBatch"/>.</summary>
/// <param name="Offset">First byte in the batch.</param>
/// <param name="Length">Bytes, without the line feed.</param>
/// <param name="Id">The event's identity; <c>event.id</c> is its 32 lower-case hex digits, and Elasticsearch's <c>_id</c> too.</param>
/// <param name="Timestamp">Start of the session, ns since 1970-01-01T00:00:00Z; decides the index.</param>
public readonly record struct EventEntry(int Offset, int Length, EventId Id, long Timestamp);
