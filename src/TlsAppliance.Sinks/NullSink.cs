using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks;

/// <summary>Counts every event and throws it away: the events have been rendered in full, nothing is written. For measuring.</summary>
public sealed class NullSink : IEventSink
{
    public SinkCounters Counters { get; } = new();

    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        Counters.Delivered(batch.Count, batch.Bytes.Length);
        batch.Complete();
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
