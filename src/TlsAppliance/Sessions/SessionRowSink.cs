using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sessions;

/// <summary>Lets the rows of the table be read from the events on their way to the real sink.</summary>
internal sealed class SessionRowSink(IEventSink inner, ISessionIntake intake) : IEventSink
{
    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        foreach (EventEntry entry in batch.Entries)
        {
            intake.Take(batch.Bytes.Slice(entry.Offset, entry.Length), entry.Timestamp);
        }

        return inner.WriteAsync(batch, cancellationToken);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
