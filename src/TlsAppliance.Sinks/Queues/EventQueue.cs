using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// What every queue does, wherever it keeps its events: who waits for whom, who gets which number, what is counted where. One lock, held for copies and calls
/// into the page cache, never for a sync. The abstract members are called under it.
/// </summary>
public abstract class EventQueue : IEventQueue
{
    private const long NoWaiter = long.MaxValue;

    /// <summary>After a disk that could not be read.</summary>
    private static readonly TimeSpan s_retryReading = TimeSpan.FromSeconds(1);

    private readonly QueueSignal _arrival = new();
    private readonly QueueSignal _room = new();
    private readonly FullPolicy _whenFull;
    private bool _completed;
    private bool _isFull;
    private long _wakeAt = NoWaiter;
    private long _unreadSince;
    private long _appended;
    private long _acknowledged;
    private long _corrupt;
    private QueueDrops _dropped;

    private protected EventQueue(FullPolicy whenFull, TimeProvider time)
    {
        (_whenFull, Time) = (whenFull, time);
        _unreadSince = time.GetTimestamp();
    }

    public QueueState State
    {
        get
        {
            lock (Gate)
            {
                long? queued = OldestQueued();
                return AddTo(new QueueState
                {
                    PendingEvents = Pending,
                    PendingBytes = StoredBytes,
                    OldestPending = queued is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(queued.Value),
                    Full = _isFull,
                    Appended = _appended,
                    Acknowledged = _acknowledged,
                    Corrupt = _corrupt,
                    Dropped = _dropped,
                });
            }
        }
    }

    private protected TimeProvider Time { get; }

    private protected Lock Gate { get; } = new();

    /// <summary>The last event found no place; somebody may be waiting for one.</summary>
    private protected bool IsFull => _isFull;

    /// <summary>What was handed out and is not settled.</summary>
    private protected abstract SettlementWindow Window { get; }

    /// <summary>The number that the next event gets.</summary>
    private protected abstract long NextNumber { get; }

    private protected abstract long StoredBytes { get; }

    /// <summary>Events that are in the queue, or in the hands of readers and not settled.</summary>
    private protected long Pending => Unread + Window.Unsettled;

    private long Unread => NextNumber - Window.Next;

    public ValueTask AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        int stored = Append(batch, 0, out Task? room);
        if (room is not null)
        {
            return AppendRestAsync(batch, stored, room, cancellationToken);
        }

        batch.Complete();
        return ValueTask.CompletedTask;
    }

    public async ValueTask<QueueRead?> ReadAsync(QueueReadBounds bounds, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task arrival;
            TimeSpan patience;
            lock (Gate)
            {
                patience = Patience(bounds);
                if (patience == TimeSpan.Zero)
                {
                    if (TakeNext(bounds) is { } read)
                    {
                        return read;
                    }

                    patience = Unread == 0 ? Timeout.InfiniteTimeSpan : s_retryReading;
                }

                if (_completed && Unread == 0)
                {
                    return null;
                }

                arrival = _arrival.Next;
                _wakeAt = Math.Min(_wakeAt, Unread == 0 ? 1 : bounds.EnoughEvents);
            }

            await arrival.WaitAsync(patience, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Acknowledge(long number)
    {
        lock (Gate)
        {
            long lowest = Window.Lowest;
            _acknowledged += Window.Settle(number) ? 1 : 0;
            Settled(lowest);
        }
    }

    public void Acknowledge(QueueRead read, ReadOnlySpan<bool> settled)
    {
        ReadOnlySpan<QueuedEvent> events = read.Events;
        lock (Gate)
        {
            long lowest = Window.Lowest;
            for (int i = 0; i < events.Length; i++)
            {
                _acknowledged += settled[i] && Window.Settle(events[i].Number) ? 1 : 0;
            }

            Settled(lowest);
        }
    }

    public abstract ValueTask FlushAsync(CancellationToken cancellationToken);

    public void CompleteAppending()
    {
        lock (Gate)
        {
            _completed = true;
            Wake(_arrival);
            _room.Wake();
        }
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Stores one event under <see cref="NextNumber"/>, or says why not; <paramref name="queued"/> is now, ms since 1970.</summary>
    private protected abstract AppendOutcome Store(in EventEntry entry, ReadOnlySpan<byte> document, long queued);

    /// <summary>All events of one batch are given; what was stored may go on its way.</summary>
    private protected virtual void EndOfBatch()
    {
    }

    /// <summary>
    /// Takes the next unread events out and hands their numbers out in <see cref="Window"/>; what is damaged goes to <see cref="CountCorrupt"/>. Null when there
    /// is nothing to be had, in spite of the numbers.
    /// </summary>
    private protected abstract QueueRead? Take(QueueReadBounds bounds);

    /// <summary>When the event that is read next was appended, ms since 1970; null when that cannot be told.</summary>
    private protected abstract long? NextQueued();

    /// <summary>The cursor has moved: what lies below <see cref="SettlementWindow.Lowest"/> is not needed any more.</summary>
    private protected abstract void Release();

    /// <summary>Adds what only this kind of queue knows.</summary>
    private protected abstract QueueState AddTo(QueueState state);

    private protected void CountCorrupt(long events) => _corrupt += events;

    private protected void CountShutdown(long events) => _dropped = _dropped with { Shutdown = _dropped.Shutdown + events };

    /// <summary>There may be room again.</summary>
    private protected void WakeWriters()
    {
        _isFull = false;
        _room.Wake();
    }

    private async ValueTask AppendRestAsync(EventBatch batch, int stored, Task? room, CancellationToken cancellationToken)
    {
        while (room is not null)
        {
            await room.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                lock (Gate)
                {
                    CountShutdown(batch.Count - stored);
                }

                break;
            }

            stored = Append(batch, stored, out room);
        }

        batch.Complete();
    }

    /// <summary>Gives the first event that is neither stored nor dropped; then <paramref name="room"/> is what to wait for.</summary>
    private int Append(EventBatch batch, int index, out Task? room)
    {
        room = null;
        long queued = Time.GetUtcNow().ToUnixTimeMilliseconds();
        ReadOnlySpan<EventEntry> entries = batch.Entries;
        lock (Gate)
        {
            bool hadUnread = Unread > 0;
            for (; index < entries.Length; index++)
            {
                AppendOutcome outcome = _completed ? AppendOutcome.Unwritable : Store(entries[index], batch.Document(index), queued);
                _isFull = outcome is AppendOutcome.Full or AppendOutcome.Unwritable;
                if (_isFull && _whenFull == FullPolicy.Wait && !_completed)
                {
                    room = _room.Next;
                    break;
                }

                Count(outcome);
            }

            EndOfBatch();
            _unreadSince = hadUnread ? _unreadSince : Time.GetTimestamp();
            if (Unread >= _wakeAt || _isFull)
            {
                Wake(_arrival);
            }
        }

        return index;
    }

    private QueueRead? TakeNext(QueueReadBounds bounds)
    {
        long lowest = Window.Lowest;
        QueueRead? read = Take(bounds);
        _unreadSince = Time.GetTimestamp();
        Settled(lowest);
        return read;
    }

    private void Count(AppendOutcome outcome)
    {
        switch (outcome)
        {
            case AppendOutcome.Stored:
                _appended++;
                break;
            case AppendOutcome.Full:
                _dropped = _dropped with { QueueFull = _dropped.QueueFull + 1 };
                break;
            case AppendOutcome.TooLarge:
                _dropped = _dropped with { TooLarge = _dropped.TooLarge + 1 };
                break;
            default:
                _dropped = _completed
                    ? _dropped with { Shutdown = _dropped.Shutdown + 1 }
                    : _dropped with { DiskUnwritable = _dropped.DiskUnwritable + 1 };
                break;
        }
    }

    /// <summary>How long a read still waits; zero: it takes what there is.</summary>
    private TimeSpan Patience(QueueReadBounds bounds)
    {
        if (Unread == 0)
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (Unread >= Math.Min(bounds.EnoughEvents, bounds.Events) || _isFull || _completed)
        {
            return TimeSpan.Zero;
        }

        TimeSpan left = bounds.Linger - Time.GetElapsedTime(_unreadSince);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Settled(long lowest)
    {
        if (Window.Lowest == lowest)
        {
            return;
        }

        Release();
    }

    private void Wake(QueueSignal arrival)
    {
        _wakeAt = NoWaiter;
        arrival.Wake();
    }

    private long? OldestQueued() => Window.OldestQueued ?? (Unread > 0 ? NextQueued() : null);
}
