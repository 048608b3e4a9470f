using System.Diagnostics.Metrics;

namespace TlsAppliance.Sinks.Elasticsearch;

/// <summary>
/// The books of a sink as observable instruments: they cost nothing until somebody listens. All instruments of one collection show one state, so the buckets of
/// a scrape add up.
/// </summary>
public sealed class DeliveryMetrics : IDisposable
{
    /// <summary>Instruments that are asked within this time belong to one collection.</summary>
    private static readonly TimeSpan s_collection = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Meter _meter;
    private readonly Func<DeliveryState> _read;
    private readonly TimeProvider _time;
    private DeliveryState _state;
    private long _readAt;

    /// <param name="meterName">The appliance's meter, which the engine's instruments are on, too.</param>
    /// <param name="read">The sink's state.</param>
    /// <param name="time">The clock.</param>
    public DeliveryMetrics(string meterName, Func<DeliveryState> read, TimeProvider time)
    {
        _meter = new Meter(meterName);
        (_read, _time) = (read, time);
        (_state, _readAt) = (read(), time.GetTimestamp());
        AddEvents();
        AddRequests();
        AddQueue();
    }

    /// <summary>Made for tests: tells these instruments from those of other sinks in this process.</summary>
    internal Meter Meter => _meter;

    public void Dispose() => _meter.Dispose();

    private void AddEvents()
    {
        _meter.CreateObservableCounter(
            "tls_appliance.output.events", Outcomes, "{event}", "Events by what became of them; with those pending, the sum is what was created and found.");
        _meter.CreateObservableCounter("tls_appliance.output.events.dropped", Drops, "{event}", "Events that did not and will not arrive, by reason.");
        Count("output.events.created", "{event}", "Events handed to the output.", state => state.Created);
        Count("output.events.found", "{event}", "Events that an earlier run had left in the queue.", state => state.Found);
        Count("output.events.retried", "{event}", "Events sent again, each time one.", state => state.Retried);
        _meter.CreateObservableGauge("tls_appliance.output.events.pending", Pending, "{event}", "Events on their way, by where they are.");
        _meter.CreateObservableGauge("tls_appliance.output.residual", Residuals, "{event}", "What is in no bucket, or in two; other than 0 is a bug.");
    }

    private void AddRequests()
    {
        _meter.CreateObservableCounter(
            "tls_appliance.output.requests",
            () => Read().Requests.Select(status => Tagged(status.Value, "status", status.Key == 0 ? "none" : status.Key)),
            "{request}",
            "Bulk requests by status; none is no answer.");
        Count("output.requests.size", "By", "Bytes of these requests before they were packed.", state => state.RequestBytes);
        Gauge("output.condition", null, "0 delivering, 1 retrying, 2 blocked: somebody has to mend something.", state => (long)state.Condition);
    }

    private void AddQueue()
    {
        Gauge("output.queue.size", "By", "Bytes that the queue takes.", state => state.Queue.PendingBytes);
        Gauge("output.queue.unsynced", "{event}", "Events that a kill of the machine would lose.", state => state.Queue.Unsynced);
        Gauge("output.queue.full", null, "1 when the next event waits or is dropped.", state => state.Queue.Full ? 1 : 0);
        Gauge("output.queue.faulty", null, "1 when the disk keeps the queue from writing.", state => state.Queue.Problem is null ? 0 : 1);
        _meter.CreateObservableGauge("tls_appliance.output.lag", () => Read().Lag.TotalSeconds, "s", "How long the oldest event has been waiting.");
        _meter.CreateObservableGauge("tls_appliance.output.idle", () => Read().SinceProgress.TotalSeconds, "s", "Since when no event was settled.");
    }

    private void Count(string name, string unit, string description, Func<DeliveryState, long> value) =>
        _meter.CreateObservableCounter("tls_appliance." + name, () => value(Read()), unit, description);

    private void Gauge(string name, string? unit, string description, Func<DeliveryState, long> value) =>
        _meter.CreateObservableGauge("tls_appliance." + name, () => value(Read()), unit, description);

    private IEnumerable<Measurement<long>> Outcomes()
    {
        DeliveryState state = Read();
        return
        [
            Tagged(state.Indexed, "outcome", "indexed"),
            Tagged(state.Duplicate, "outcome", "duplicate"),
            Tagged(state.DeadLettered, "outcome", "dead_lettered"),
            Tagged(state.Dropped.Total, "outcome", "dropped"),
        ];
    }

    private IEnumerable<Measurement<long>> Drops() => Read().Dropped.ByReason().Select(drop => Tagged(drop.Value, "reason", drop.Key));

    private IEnumerable<Measurement<long>> Pending()
    {
        DeliveryState state = Read();
        return [Tagged(state.Spooled, "where", "spooled"), Tagged(state.InFlight, "where", "in_flight"), Tagged(state.Arriving, "where", "arriving")];
    }

    private IEnumerable<Measurement<long>> Residuals()
    {
        DeliveryState state = Read();
        return [Tagged(state.EventResidual, "scope", "events"), Tagged(state.QueueResidual, "scope", "queue")];
    }

    private DeliveryState Read()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_readAt) >= s_collection)
            {
                (_state, _readAt) = (_read(), _time.GetTimestamp());
            }

            return _state;
        }
    }

    private static Measurement<long> Tagged(long value, string tag, object tagValue) => new(value, new KeyValuePair<string, object?>(tag, tagValue));
}
