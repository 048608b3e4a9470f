using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Pipeline.Delivery;

/// <summary>
/// Holds what one shard has rendered until the channel has room, so that rendering never waits. Belongs to the lane and outlives the shard: what is rendered is
/// delivered.
/// </summary>
internal sealed class EventOutlet(EventChannel channel)
{
    private readonly Queue<EventBatch> _pending = new();

    public void Add(EventBatch batch) => _pending.Enqueue(batch);

    /// <summary>True when nothing is held back any more.</summary>
    public bool TryDrain()
    {
        while (_pending.TryPeek(out EventBatch? batch))
        {
            if (!channel.Writer.TryWrite(batch))
            {
                return false;
            }

            _pending.Dequeue();
        }

        return true;
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => channel.Writer.WaitToWriteAsync(cancellationToken);
}
