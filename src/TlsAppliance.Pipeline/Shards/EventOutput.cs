using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>Renders sessions into batches; a fault there is the session's, while handing a batch over is apart from it. Batches come back from the sink's thread, when it has done with them.</summary>
internal sealed class EventOutput
{
    /// <summary>A batch with so many events is handed over.</summary>
    public const int MaximumEvents = 512;

    /// <summary>A batch with so many bytes is handed over: few enough that what is rendered stays in the second-level cache until the sink has taken it.</summary>
    public const int MaximumBytes = 256 * 1024;

    private readonly EventOptionsSource _source;
    private readonly Action<EventBatch> _deliver;

    /// <summary>The one that came back last is used next: its memory is still in the cache.</summary>
    private readonly Stack<EventBatch> _free = new();
    private readonly Lock _gate = new();
    private EventOptions _options;
    private TlsEventRenderer _renderer;
    private EventBatch? _current;

    public EventOutput(EventOptions options, Action<EventBatch> deliver)
        : this(new EventOptionsSource(options), deliver)
    {
    }

    /// <param name="source">New options hold from the next event on.</param>
    /// <param name="deliver">Takes over a full batch of events; may block.</param>
    public EventOutput(EventOptionsSource source, Action<EventBatch> deliver)
    {
        _source = source;
        _options = source.Current;
        _renderer = new TlsEventRenderer(_options);
        _deliver = deliver;
    }

    /// <summary>Bytes of the rendered event, or -1 when a processor dropped it.</summary>
    public int Write(TlsSession session, in ConnectionFacts connection)
    {
        EventBatch batch = _current ??= Rent();
        TakeNewOptions();
        int before = batch.Length;
        if (!_renderer.Render(session, connection, batch))
        {
            return -1;
        }

        return batch.Length - before;
    }

    /// <summary>A renderer with other options has no use for what the old one remembers.</summary>
    private void TakeNewOptions()
    {
        EventOptions current = _source.Current;
        if (!ReferenceEquals(current, _options))
        {
            (_options, _renderer) = (current, new TlsEventRenderer(current));
        }
    }

    /// <summary>Hands over the batch at hand if it is full.</summary>
    public void FlushIfFull()
    {
        if (_current is { } batch && (batch.Count >= MaximumEvents || batch.Length >= MaximumBytes))
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
            batch.Settle();
            _deliver(batch);
        }
    }

    private EventBatch Rent()
    {
        EventBatch batch = TakeFree() ?? new EventBatch(MaximumBytes + MaximumBytes / 4, MaximumEvents, Recycle);
        batch.Clear();
        return batch;
    }

    private EventBatch? TakeFree()
    {
        lock (_gate)
        {
            return _free.TryPop(out EventBatch? batch) ? batch : null;
        }
    }

    private void Recycle(EventBatch batch)
    {
        lock (_gate)
        {
            _free.Push(batch);
        }
    }
}
