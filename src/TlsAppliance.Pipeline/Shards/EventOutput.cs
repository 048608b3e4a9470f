using System.Collections.Concurrent;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>Renders sessions into batches; a fault there is the session's, while handing a batch over is apart from it. Batches come back from the sink's thread, when it has done with them.</summary>
internal sealed class EventOutput
{
    /// <summary>A batch with so many events is handed over.</summary>
    public const int MaximumEvents = 512;

    /// <summary>A batch with so many bytes is handed over.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private readonly TlsEventRenderer _renderer;
    private readonly Action<EventBatch> _deliver;
    private readonly ConcurrentQueue<EventBatch> _free = new();
    private EventBatch? _current;

    public EventOutput(EventOptions options, Action<EventBatch> deliver)
    {
        _renderer = new TlsEventRenderer(options);
        _deliver = deliver;
    }

    /// <summary>Bytes of the rendered event, or -1 when a processor dropped it.</summary>
    public int Write(TlsSession session, in ConnectionFacts connection)
    {
        EventBatch batch = _current ??= Rent();
        int before = batch.Bytes.Length;
        if (!_renderer.Render(session, connection, batch))
        {
            return -1;
        }

        return batch.Bytes.Length - before;
    }

    /// <summary>Hands over the batch at hand if it is full.</summary>
    public void FlushIfFull()
    {
        if (_current is { } batch && (batch.Count >= MaximumEvents || batch.Bytes.Length >= MaximumBytes))
        {
            Flush();
        }
    }

    /// <summary>Hands over what is rendered so far.</summary>
    public void Flush()
    {
        if (_current is { Count: > 0 } batch)
        {
            _current = null;
            _deliver(batch);
        }
    }

    private EventBatch Rent()
    {
        if (!_free.TryDequeue(out EventBatch? batch))
        {
            batch = new EventBatch(MaximumBytes + MaximumBytes / 4, MaximumEvents, _free.Enqueue);
        }

        batch.Clear();
        return batch;
    }
}
