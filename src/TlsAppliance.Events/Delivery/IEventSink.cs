namespace TlsAppliance.Events.Delivery;

/// <summary>Where events go. Called by one writer at a time.</summary>
public interface IEventSink : IAsyncDisposable
{
    /// <summary>
    /// Takes over a batch and returns as soon as it may be given the next one. The sink completes the batch (<see cref="EventBatch.Complete"/>) when every
    /// event in it is delivered, spooled, dead-lettered or dropped, and has counted each under exactly one of these.
    /// </summary>
    ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>Returns when everything taken so far is as durable as this sink makes it.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
