using TlsAppliance.Sinks.DeadLetters;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>
/// Takes events from the queue and sends them, one request at a time, until each is settled: taken, there already, or a dead letter. Nothing makes it give up
/// but being stopped, and then what it holds stays with the queue.
/// </summary>
internal sealed partial class BulkWorker
{
    /// <summary>Events that may wait for another try, in batches, before the worker stops reading on.</summary>
    private const int BatchesInHand = 2;

    /// <summary>An action line of ours with its line feeds; left free in a read, so that it does not need a second request for its last few events.</summary>
    private const int ActionBytes = 160;

    private readonly int _number;
    private readonly IElasticsearchClient _client;
    private readonly IEventQueue _queue;
    private readonly IDeadLetters _deadLetters;
    private readonly DeliveryLedger _ledger;
    private readonly BulkOptions _options;
    private readonly RetryDelay _delay;
    private readonly TimeProvider _time;
    private readonly BulkRequestWriter _writer;
    private readonly BulkSchedule _schedule;
    private readonly BulkPatience _patience;
    private readonly HashSet<SharedRead> _reads = [];
    private readonly QueueReadBounds _bounds;
    private Task<QueueRead?>? _reading;
    private bool _readAll;
    private int _held;
    private int _limit;

    public BulkWorker(
        int number,
        IElasticsearchClient client,
        IEventQueue queue,
        IDeadLetters deadLetters,
        DeliveryLedger ledger,
        IndexNamePattern index,
        BulkOptions options,
        RetryDelay delay,
        TimeProvider time)
    {
        _number = number;
        (_client, _queue, _deadLetters, _ledger, _options, _delay, _time) = (client, queue, deadLetters, ledger, options, delay, time);
        _writer = new BulkRequestWriter(index);
        _schedule = new BulkSchedule(options.MaximumEvents * BatchesInHand);
        _patience = new BulkPatience(delay, options.BackoffMaximum);
        _limit = options.MaximumBytes;
        int documents = Math.Max(options.MaximumBytes / 2, options.MaximumBytes - (options.MaximumEvents * ActionBytes));
        _bounds = new QueueReadBounds(options.MaximumEvents, documents, Math.Min(options.FlushEvents, options.MaximumEvents), options.FlushTimeout);
    }

    /// <summary>Returns when the queue has nothing more to give and all of it is settled, or when it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } unit)
            {
                await SendAsync(unit, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            await GiveBackAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The next unit to send, as soon as there is one and patience allows it; null at the end.</summary>
    private async Task<BulkUnit?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DateTimeOffset now = _time.GetUtcNow();
            if (_patience.Until > now)
            {
                await Task.Delay(_patience.Until - now, _time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (!_readAll && _schedule.MayRead)
            {
                _reading ??= _queue.ReadAsync(_bounds, cancellationToken).AsTask();
            }

            bool hasFresh = _reading is { IsCompleted: true };
            if (!(hasFresh && _schedule.PrefersFresh) && _schedule.TryTake(now, out BulkUnit? unit))
            {
                return unit;
            }

            if (hasFresh)
            {
                if (await TakeFreshAsync().ConfigureAwait(false) is { } fresh)
                {
                    return fresh;
                }

                continue;
            }

            if (_reading is null && _schedule.IsEmpty)
            {
                return null;
            }

            await WaitAsync(now, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<BulkUnit?> TakeFreshAsync()
    {
        QueueRead? read = await _reading!.ConfigureAwait(false);
        _reading = null;
        if (read is null)
        {
            _readAll = true;
            return null;
        }

        var shared = new SharedRead(read);
        _reads.Add(shared);
        _held += read.Count;
        _ledger.HandedOut(read.Count);
        _schedule.TookFresh();
        return new BulkUnit(shared, [.. Enumerable.Range(0, read.Count)]);
    }

    /// <summary>Until there is something to read, or the next unit is due.</summary>
    private async Task WaitAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_schedule.NextDue is not { } due)
        {
            await ((Task)_reading!).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task later = Task.Delay(due > now ? due - now : TimeSpan.Zero, _time, enough.Token);
        await Task.WhenAny(_reading ?? later, later).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        await later.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task GiveBackAsync()
    {
        if (_reading is { } reading)
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (reading.IsCompletedSuccessfully)
            {
                (await reading.ConfigureAwait(false))?.Dispose();
            }
        }

        _ledger.GivenBack(_held);
        foreach (SharedRead read in _reads)
        {
            read.Read.Dispose();
        }

        _writer.Dispose();
        _ledger.Report(_number, DeliveryCondition.Delivering, null);
    }
}
