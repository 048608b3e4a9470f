using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Elasticsearch;

namespace TlsAppliance.Outputs;

/// <summary>
/// Another sink, for a run that may wait for it, but not for ever: when nothing was settled for the time given, a write that waits for a place in the queue ends
/// with <see cref="StalledOutputException"/>. Its events are counted as dropped.
/// </summary>
internal sealed class PatientSink(ElasticsearchSink sink, TimeSpan patience, TimeProvider time) : IEventSink
{
    private readonly CancellationTokenSource _giveUp = new();

    public async ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        ValueTask write = sink.WriteAsync(batch, _giveUp.Token);
        if (write.IsCompleted)
        {
            await write.ConfigureAwait(false);
            return;
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(_giveUp.Cancel);
        await WaitAsync(write.AsTask(), time.GetTimestamp()).ConfigureAwait(false);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => sink.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _giveUp.Dispose();
        return sink.DisposeAsync();
    }

    private async Task WaitAsync(Task write, long began)
    {
        while (!write.IsCompleted)
        {
            TimeSpan idle = TimeSpan.FromTicks(Math.Min(sink.State.SinceProgress.Ticks, time.GetElapsedTime(began).Ticks));
            if (idle >= patience)
            {
                await _giveUp.CancelAsync().ConfigureAwait(false);
                await write.ConfigureAwait(false);
                throw new StalledOutputException();
            }

            using var enough = new CancellationTokenSource();
            await Task.WhenAny(write, Task.Delay(patience - idle, time, enough.Token)).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
        }

        await write.ConfigureAwait(false);
    }
}
