using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// Events in pooled memory, for those who can get them again: a replay reads its capture a second time, and the ids make that safe. What is in it when the
/// process ends is lost, and counted as dropped by the shutdown when it is closed in order.
/// </summary>
public sealed class MemoryQueue : EventQueue
{
    private readonly EventLayout _layout;
    private readonly MemoryQueueOptions _options;
    private readonly DocumentBlocks _blocks = new(new DocumentBlockPool());
    private readonly QueuedDocument[] _unread;
    private long _next = 1;

    /// <summary>An empty queue for events of one layout.</summary>
    public MemoryQueue(EventLayout layout, MemoryQueueOptions options, TimeProvider time)
        : base(options.WhenFull, time)
    {
        (_layout, _options) = (layout, options);
        _unread = new QueuedDocument[options.Events];
    }

    private protected override SettlementWindow Window { get; } = new(1);

    private protected override long NextNumber => _next;

    private protected override long StoredBytes => _blocks.Bytes;

    /// <summary>Nothing to be done: no memory survives a kill.</summary>
    public override ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        CompleteAppending();
        lock (Gate)
        {
            CountShutdown(Pending);
            Window.Abandon(_next);
            _blocks.Clear();
        }

        return ValueTask.CompletedTask;
    }

    private protected override AppendOutcome Store(in EventEntry entry, ReadOnlySpan<byte> document, long queued)
    {
        if (document.Length > _options.Bytes)
        {
            return AppendOutcome.TooLarge;
        }

        if (_next - Window.Lowest >= _options.Events || _blocks.Bytes + document.Length > _options.Bytes)
        {
            return AppendOutcome.Full;
        }

        DocumentPlace place = _blocks.Add(document.Length);
        document.CopyTo(place.Bytes);
        _unread[_next++ % _unread.Length] = new QueuedDocument(entry.Id, entry.Timestamp, queued, place);
        return AppendOutcome.Stored;
    }

    private protected override QueueRead? Take(QueueReadBounds bounds)
    {
        int count = CountWithin(bounds);
        if (count == 0)
        {
            return null;
        }

        var read = new QueueRead(_layout, count);
        for (int i = 0; i < count; i++)
        {
            long number = Window.Next;
            ref readonly QueuedDocument next = ref _unread[number % _unread.Length];
            read.Add(number, next.Id, next.Timestamp, next.Queued, next.Place);
            _blocks.Remove(next.Place);
            Window.HandOut(next.Queued);
        }

        return read;
    }

    private protected override long? NextQueued() => _unread[Window.Next % _unread.Length].Queued;

    private protected override void Release() => WakeWriters();

    private protected override QueueState AddTo(QueueState state) => state with { Unsynced = state.PendingEvents };

    private int CountWithin(QueueReadBounds bounds)
    {
        int count = 0;
        long bytes = 0;
        int limit = (int)Math.Min(bounds.Events, _next - Window.Next);
        while (count < limit)
        {
            int length = _unread[(Window.Next + count) % _unread.Length].Place.Length;
            if (count > 0 && bytes + length > bounds.Bytes)
            {
                break;
            }

            bytes += length;
            count++;
        }

        return count;
    }
}
