namespace TlsAppliance.Sinks.Queues;

/// <summary>How much one read takes, and how long it waits to become larger.</summary>
/// <param name="Events">At most so many events; at least 1.</param>
/// <param name="Bytes">At most so many bytes of documents, without anything around them. One event that is larger comes alone.</param>
/// <param name="EnoughEvents">So many events are worth a read at once (<c>flush.min_events</c>). 1: whatever there is.</param>
/// <param name="Linger">Longest wait for <paramref name="EnoughEvents"/>, counted from when the first of them was appended (<c>flush.timeout</c>).</param>
public readonly record struct QueueReadBounds(int Events, long Bytes, int EnoughEvents = 1, TimeSpan Linger = default);
