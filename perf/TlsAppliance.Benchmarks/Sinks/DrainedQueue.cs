using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Benchmarks.Sinks;

/// <summary>A queue as a sink, with a reader that settles at once whatever comes: a target without cost.</summary>
internal sealed class DrainedQueue : IEventSink
{
    private static readonly QueueReadBounds s_bulk = new(1600, 10_000_000);

    private readonly IEventQueue _queue;
    private readonly object _gate = new();
    private readonly Task _reader;
    private long _unread;

    public DrainedQueue(IEventQueue queue)
    {
        _queue = queue;
        _reader = Task.Run(DrainAsync);
    }

    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _unread += batch.Count;
        }

        return _queue.AppendAsync(batch, cancellationToken);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Until the reader has everything. A reader that is kept from running falls behind by so much and no more, and the queue's memory does not depend on it.</summary>
    public void WaitUntilRead()
    {
        lock (_gate)
        {
            while (_unread > 0)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAppending();
        await _reader;
        await _queue.DisposeAsync();
    }

    private async Task DrainAsync()
    {
        var settled = new bool[s_bulk.Events];
        settled.AsSpan().Fill(true);
        while (await _queue.ReadAsync(s_bulk, CancellationToken.None) is { } read)
        {
            _queue.Acknowledge(read, settled.AsSpan(0, read.Count));
            CountRead(read.Count);
            read.Dispose();
        }
    }

    private void CountRead(int events)
    {
        lock (_gate)
        {
            _unread -= events;
            if (_unread == 0)
            {
                Monitor.Pulse(_gate);
            }
        }
    }
}
