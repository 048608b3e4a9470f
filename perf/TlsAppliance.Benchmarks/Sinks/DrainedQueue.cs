using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Benchmarks.Sinks;

/// <summary>A queue as a sink, with a reader that settles at once whatever comes: a target without cost.</summary>
internal sealed class DrainedQueue : IEventSink
{
    private static readonly QueueReadBounds s_bulk = new(1600, 10_000_000);

    private readonly IEventQueue _queue;
    private readonly Task _reader;

    public DrainedQueue(IEventQueue queue)
    {
        _queue = queue;
        _reader = Task.Run(DrainAsync);
    }

    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken) => _queue.AppendAsync(batch, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

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
            read.Dispose();
        }
    }
}
