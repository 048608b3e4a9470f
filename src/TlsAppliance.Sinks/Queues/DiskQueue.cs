using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Queues.Spooling;

namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// Events in a directory, for those that cannot be had a second time. What was appended survives the kill of the process, and after at most
/// <see cref="DiskQueueOptions.SyncInterval"/> and one sync the loss of power. Damage costs the damaged records, a full disk what comes while it is full; neither
/// keeps the queue from starting, delivering or stopping. The format is that of <c>Spooling/</c>, version 1.
/// </summary>
public sealed class DiskQueue : EventQueue
{
    /// <summary>Of the sync interval: what a target that keeps up has to settle what was appended.</summary>
    private const int MomentsPerInterval = 5;

    private readonly DiskQueueOptions _options;
    private readonly Spool _spool;
    private readonly QueueSignal _syncWanted = new();
    private readonly SemaphoreSlim _syncing = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _syncLoop;
    private bool _wantsSync = true;
    private int _newEvents;
    private long _newBytes;
    private bool _closed;

    private DiskQueue(Spool spool, DiskQueueOptions options, TimeProvider time)
        : base(options.WhenFull, time)
    {
        (_spool, _options) = (spool, options);
        _syncLoop = Task.Run(SyncAsNeededAsync);
    }

    private protected override SettlementWindow Window => _spool.Window;

    private protected override long NextNumber => _spool.Next;

    private protected override long StoredBytes => _spool.Bytes;

    /// <summary>The number that the next event gets, for tests.</summary>
    internal long NumberOfNext => _spool.Next;

    /// <summary>Opens the queue that lies in the directory, or begins one. A directory that cannot be read or written is told by <see cref="QueueState.Problem"/>.</summary>
    /// <param name="layout">Of the events that will be appended; what is there already may have another.</param>
    /// <param name="options">Bounds and times.</param>
    /// <param name="time">Tells when events were appended, and when to sync.</param>
    /// <exception cref="QueueFormatException">The directory has a queue of another version.</exception>
    public static DiskQueue Open(EventLayout layout, DiskQueueOptions options, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumBytes, DiskQueueOptions.LeastBytes);
        return Open(new DirectoryFiles(options.Path), layout, options, time);
    }

    /// <summary>Over files that a test may let fail, of any size.</summary>
    internal static DiskQueue Open(IQueueFiles files, EventLayout layout, DiskQueueOptions options, TimeProvider time)
    {
        long segment = Math.Min(options.SegmentBytes, options.MaximumBytes / 2);
        var bounds = new SpoolOptions(options.MaximumBytes, segment, options.WriteAheadEvents, Math.Min(options.WriteAheadBytes, segment), options.RecentBytes);
        return new DiskQueue(Spool.Open(files, layout, bounds), options with { SegmentBytes = segment }, time);
    }

    public override async ValueTask FlushAsync(CancellationToken cancellationToken) => await SyncAsync(long.MaxValue, cancellationToken);

    /// <summary>Syncs what can be synced and closes. Unacknowledged events stay for the next to open the directory; those that no disk took are lost, and counted.</summary>
    public override async ValueTask DisposeAsync()
    {
        CompleteAppending();
        if (_closed)
        {
            return;
        }

        _closed = true;
        await _stop.CancelAsync();
        await _syncLoop;
        lock (Gate)
        {
            _spool.CloseSettledSegment();
        }

        await SyncAsync(long.MaxValue, CancellationToken.None);
        lock (Gate)
        {
            CountShutdown(_spool.GiveUpHeld());
            _spool.Dispose();
        }

        _stop.Dispose();
    }

    private protected override AppendOutcome Store(in EventEntry entry, ReadOnlySpan<byte> document, long queued)
    {
        AppendOutcome outcome = _spool.Append(entry, document, queued);
        if (outcome == AppendOutcome.Stored)
        {
            _newEvents++;
            _newBytes += document.Length;
        }

        return outcome;
    }

    private protected override void EndOfBatch()
    {
        if (!_spool.IsUnwritable)
        {
            _spool.TryWrite();
        }

        if ((_options.SyncEvents > 0 && _newEvents >= _options.SyncEvents) || (_options.SyncBytes > 0 && _newBytes >= _options.SyncBytes))
        {
            WantSync();
        }

        WantRoom();
    }

    private protected override QueueRead? Take(QueueReadBounds bounds)
    {
        QueueRead? read = _closed ? null : _spool.Take(bounds);
        CountCorrupt(_spool.TakeCorrupt());
        return read;
    }

    private protected override long? NextQueued()
    {
        long? queued = _closed ? null : _spool.NextQueued();
        CountCorrupt(_spool.TakeCorrupt());
        return queued;
    }

    private protected override void Release()
    {
        if (_spool.Release())
        {
            WakeWriters();
        }

        _spool.CloseSettledSegment(leastBytes: _options.SegmentBytes / 2);
        WantRoom();
    }

    private protected override QueueState AddTo(QueueState state) => state with
    {
        Found = _spool.Found,
        Unsynced = _spool.Unsynced,
        Problem = _spool.Problem is { } problem ? new OutputException(_options.Path, problem).Message : null,
    };

    /// <summary>
    /// A sync deletes the segments that are settled. They go with the next one, unless their room is wanted, here or on a disk that is full: the fewer syncs, the less is
    /// written at all.
    /// </summary>
    private void WantRoom()
    {
        bool isShort = IsFull || StoredBytes > _options.MaximumBytes / 2 || _spool.Problem is not null;
        if (isShort && _spool.HasSettledSegments)
        {
            WantSync();
        }
    }

    private void WantSync()
    {
        _wantsSync = true;
        _syncWanted.Wake();
    }

    private async Task SyncAsNeededAsync()
    {
        TimeSpan pause = TimeSpan.Zero;
        long due = long.MaxValue;
        while (!_stop.IsCancellationRequested)
        {
            if (await SyncAsync(due, CancellationToken.None))
            {
                (pause, due) = (TimeSpan.Zero, await NextDueAsync());
                continue;
            }

            // Segments that are settled meanwhile make room on a disk that is full: they shorten the pause, but not below the first.
            (pause, due) = (Longer(pause), long.MaxValue);
            await PauseAsync(Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token), _options.RetryInterval);
            if (pause > _options.RetryInterval)
            {
                await PauseAsync(WantedSync(), pause - _options.RetryInterval);
            }
        }
    }

    /// <summary>
    /// Until the next sync. What is appended in the last moments before it, and nothing else, may be left to the one after, when a target that keeps up will have settled
    /// it: so the two of them and these moments fit into the interval.
    /// </summary>
    /// <returns>The number from which on records may wait once more.</returns>
    private async Task<long> NextDueAsync()
    {
        TimeSpan moments = _options.SyncInterval / MomentsPerInterval;
        await PauseAsync(WantedSync(), _options.SyncInterval - (2 * moments));
        long due;
        lock (Gate)
        {
            due = _spool.Written;
        }

        await PauseAsync(WantedSync(), moments);
        return due;
    }

    private async Task PauseAsync(Task end, TimeSpan longest) =>
        await end.WaitAsync(longest, Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private TimeSpan Longer(TimeSpan pause)
    {
        TimeSpan longer = pause == TimeSpan.Zero ? _options.RetryInterval : pause * 2;
        return longer < _options.MaximumRetryInterval ? longer : _options.MaximumRetryInterval;
    }

    private Task WantedSync()
    {
        lock (Gate)
        {
            return _wantsSync ? Task.CompletedTask : _syncWanted.Next;
        }
    }

    /// <summary>false: the disk did not do it.</summary>
    private async Task<bool> SyncAsync(long due, CancellationToken cancellationToken)
    {
        await _syncing.WaitAsync(cancellationToken);
        try
        {
            SpoolSync sync;
            lock (Gate)
            {
                due = _wantsSync ? long.MaxValue : due;
                (_wantsSync, _newEvents, _newBytes) = (false, 0, 0);
                if (_spool.IsUnwritable && _spool.TryWrite())
                {
                    WakeWriters();
                }

                sync = _spool.BeginSync(due);
            }

            await Task.Run(sync.Run, CancellationToken.None);
            lock (Gate)
            {
                if (_spool.EndSync(sync))
                {
                    WakeWriters();
                }

                return _spool.Problem is null;
            }
        }
        finally
        {
            _syncing.Release();
        }
    }
}
