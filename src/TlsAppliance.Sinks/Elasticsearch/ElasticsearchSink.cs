using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.DeadLetters;
using TlsAppliance.Sinks.Elasticsearch.Bulk;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch;

/// <summary>
/// Events into Elasticsearch or OpenSearch: writing puts them into a queue and returns; workers take them from there. The server need not be there, neither at
/// the start nor later: events wait in the queue. Owns queue and client.
/// </summary>
public sealed class ElasticsearchSink : IEventSink
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IElasticsearchClient _client;
    private readonly IEventQueue _queue;
    private readonly TimeProvider _time;
    private readonly DeliveryLedger _ledger;
    private readonly Task _workers;
    private DeliveryState? _last;

    /// <param name="client">How the server is reached.</param>
    /// <param name="queue">Where events wait; full, it lets <see cref="WriteAsync"/> wait, or drops.</param>
    /// <param name="deadLetters">Where events go that the server will never take.</param>
    /// <param name="index">Which index an event goes to.</param>
    /// <param name="options">How they are gathered and sent again.</param>
    /// <param name="preparation">What has to be done before the first event; null for nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">For the jitter of the waits; any number of workers share it under a lock.</param>
    public ElasticsearchSink(
        IElasticsearchClient client,
        IEventQueue queue,
        IDeadLetters deadLetters,
        IndexNamePattern index,
        BulkOptions options,
        ITargetPreparation? preparation,
        TimeProvider time,
        Random random)
    {
        (_client, _queue, _time) = (client, queue, time);
        _ledger = new DeliveryLedger(queue, options.Workers, time);
        var delay = new RetryDelay(options.BackoffInitial, options.BackoffMaximum, random);
        BulkWorker[] workers =
        [
            .. Enumerable.Range(0, options.Workers).Select(number => new BulkWorker(number, client, queue, deadLetters, _ledger, index, options, delay, time)),
        ];
        var gate = new TargetGate(client, preparation, delay, time);
        _workers = Task.Run(() => RunAsync(gate, workers));
    }

    /// <summary>Raised when the condition changes, with what is wrong; from any thread, and soon again: not to be waited in.</summary>
    public event Action<DeliveryCondition, string?>? ConditionChanged
    {
        add => _ledger.ConditionChanged += value;
        remove => _ledger.ConditionChanged -= value;
    }

    /// <summary>What became of every event, as of now; after the end, as of then.</summary>
    public DeliveryState State => _last ?? _ledger.Snapshot();

    public async ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        int count = batch.Count;
        _ledger.Arrives(count);
        try
        {
            await _queue.AppendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ledger.Arrived(count);
        }
    }

    /// <summary>Returns when the queue has made everything as durable as it can; see <see cref="IEventQueue.FlushAsync"/>. It may not be with the server yet.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _queue.FlushAsync(cancellationToken);

    /// <summary>Nothing more will be written: waits until every event is settled, as long as there is progress.</summary>
    /// <param name="patience">Longest time without a single event being settled.</param>
    /// <param name="cancellationToken">Ends the waiting; the workers go on.</param>
    /// <returns>true when nothing is pending; false when patience or the token ended it, and <see cref="State"/> says what is left and why.</returns>
    public async ValueTask<bool> DrainAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        _queue.CompleteAppending();
        long began = _time.GetTimestamp();
        while (!_workers.IsCompleted)
        {
            TimeSpan idle = TimeSpan.FromTicks(Math.Min(State.SinceProgress.Ticks, _time.GetElapsedTime(began).Ticks));
            if (idle >= patience || cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_workers, Task.Delay(patience - idle, _time, enough.Token)).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
        }

        await _workers.ConfigureAwait(false);
        return State.Pending == 0;
    }

    /// <summary>Stops sending at once. What is not settled stays in a disk queue; a memory queue counts it as dropped by the shutdown.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_last is not null)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _workers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _queue.DisposeAsync().ConfigureAwait(false);
        _last = _ledger.Snapshot();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(TargetGate gate, BulkWorker[] workers)
    {
        try
        {
            await gate.OpenAsync(ReportGate, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }

        await Task.WhenAll(workers.Select(RunAsync)).ConfigureAwait(false);
    }

    /// <summary>A worker ends by a fault of ours only; the others go on, and the operator is told.</summary>
    private async Task RunAsync(BulkWorker worker, int number)
    {
        try
        {
            await worker.RunAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _ledger.Report(number, DeliveryCondition.Blocked, $"worker {number} failed: {failure.GetType().Name}: {failure.Message}");
            throw;
        }
    }

    private void ReportGate(ElasticsearchException? failure)
    {
        DeliveryCondition condition = failure?.Failure switch
        {
            null => DeliveryCondition.Delivering,
            ElasticsearchFailure.Unauthorized or ElasticsearchFailure.Forbidden or ElasticsearchFailure.Product or ElasticsearchFailure.Version or ElasticsearchFailure.Conflict => DeliveryCondition.Blocked,
            _ => DeliveryCondition.Retrying,
        };
        _ledger.Report(worker: 0, condition, failure?.Message);
    }
}
