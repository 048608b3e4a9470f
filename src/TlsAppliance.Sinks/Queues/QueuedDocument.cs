namespace TlsAppliance.Sinks.Queues;

/// <summary>An event in memory; its number is its place in the ring.</summary>
internal readonly record struct QueuedDocument(UInt128 Id, long Timestamp, long Queued, DocumentPlace Place);
