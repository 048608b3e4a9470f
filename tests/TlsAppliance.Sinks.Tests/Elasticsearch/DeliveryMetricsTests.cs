using System.Diagnostics.Metrics;
using TlsAppliance.Sinks.Elasticsearch;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Sinks.Tests.Elasticsearch;

public class DeliveryMetricsTests
{
    [Fact]
    public async Task One_collection_shows_every_event_in_one_bucket()
    {
        await using var server = new FakeElasticsearch();
        server.Poisons["spoils"] = 400;
        server.Script = (number, _) => number == 0 ? BulkFault.Status429 : BulkFault.None;
        await using var delivery = new Delivery(server);
        await delivery.WriteAsync(0, 20, number => number == 7 ? """{"spoils":1}""" : "{}");
        await delivery.DrainAsync();

        Dictionary<string, double> values = Collect(delivery.Sink);
        Assert.Equal(20, values["tls_appliance.output.events.created"]);
        Assert.Equal(19, values["tls_appliance.output.events indexed"]);
        Assert.Equal(1, values["tls_appliance.output.events dead_lettered"]);
        Assert.Equal(1, values["tls_appliance.output.requests 429"]);
        Assert.True(values["tls_appliance.output.events.retried"] >= 20);
        Assert.Equal(20, delivery.Sink.State.Throttled);
        Assert.All(["events.pending spooled", "events.pending in_flight", "residual events", "residual queue", "condition", "lag"], name => Assert.Equal(0, values["tls_appliance.output." + name]));
        Assert.All(delivery.Sink.State.Dropped.ByReason(), reason => Assert.Equal(0, values["tls_appliance.output.events.dropped " + reason.Key]));
    }

    private static Dictionary<string, double> Collect(ElasticsearchSink sink)
    {
        var values = new Dictionary<string, double>();
        using var metrics = new DeliveryMetrics("test", () => sink.State, TimeProvider.System);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter == metrics.Meter)
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => values[(instrument.Name + " " + (tags.Length > 0 ? tags[0].Value : "")).Trim()] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }
}
