using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Pipeline.Delivery;

/// <summary>
/// Holds what one shard has rendered until the channel has room, so that rendering rarely waits. Belongs to the lane and outlives the shard: what is rendered is
/// delivered.
/// </summary>
/// <param name="channel">The way to the sink, shared by all lanes.</param>
/// <param name="lane">Ordinal of the lane.</param>
/// <param name="dropped">Live: nothing waits for a sink; events that find no room are counted in these cells. Null: they wait.</param>
internal sealed class EventOutlet(EventChannel channel, int lane, PipelineCounters? dropped = null)
{
    /// <summary>
    /// One tick, or the end of a segment, may publish a million sessions. More batches than this are not held back: the shard then waits on its own thread in the
    /// midst of a message, which nobody needs but the memory.
    /// </summary>
    public const int MaximumPending = 8;

    private readonly Queue<EventDelivery> _pending = new();

    /// <summary>Frames are not kept waiting by the sink.</summary>
    public bool IsLive => dropped is not null;

    public void Add(EventBatch batch)
    {
        if (dropped is not null && _pending.Count >= MaximumPending && !TryDrain() && _pending.Count >= MaximumPending)
        {
            dropped.EventsDropped += batch.Count;
            batch.Complete();
            return;
        }

        _pending.Enqueue(new EventDelivery(lane, batch));
        while (!TryDrain() && _pending.Count > MaximumPending && dropped is null)
        {
            channel.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Tells the sink's end that everything rendered before this snapshot has passed.</summary>
    public void Mark(long snapshot) => _pending.Enqueue(new EventDelivery(lane, null, snapshot));

    /// <summary>True when nothing is held back any more.</summary>
    public bool TryDrain()
    {
        while (_pending.TryPeek(out EventDelivery? delivery))
        {
            if (!channel.Writer.TryWrite(delivery))
            {
                return false;
            }

            _pending.Dequeue();
        }

        return true;
    }

    public ValueTask<bool> WaitAsync() => channel.Writer.WaitToWriteAsync(CancellationToken.None);
}
