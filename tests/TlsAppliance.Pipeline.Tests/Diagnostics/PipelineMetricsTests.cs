using System.Diagnostics.Metrics;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Tests.Diagnostics;

public sealed class PipelineMetricsTests
{
    private readonly PipelineCounters _counters = new() { Frames = 5, WireBytes = 640, Processed = 3, Shunted = 1, Sessions = 2, Events = 2 };
    private readonly List<ShardHealth> _health = [new ShardHealth { Failures = 4, IsInBackoff = true }, new ShardHealth()];
    private readonly StoppedClock _time = new();
    private AccountingSnapshot? _snapshot;
    private int _readings;
    private int _requests;

    [Fact]
    public void Instruments_show_counters_with_reasons_as_tags()
    {
        _counters.ByStatus[(int)DecodeStatus.Tcp] = 4;
        _counters.ByStatus[(int)DecodeStatus.Arp] = 1;
        Dictionary<string, long> measured = Measure();

        Assert.Equal(5, measured["tls_appliance.frames.received"]);
        Assert.Equal(640, measured["tls_appliance.frames.wire"]);
        Assert.Equal(4, measured["tls_appliance.frames.decoded status=tcp"]);
        Assert.Equal(1, measured["tls_appliance.frames.decoded status=arp"]);
        Assert.Equal(3, measured["tls_appliance.segments outcome=processed"]);
        Assert.Equal(1, measured["tls_appliance.segments outcome=shunted"]);
        Assert.Equal(2, measured["tls_appliance.sessions.recognised"]);
        Assert.Equal(4, measured["tls_appliance.shard.failures shard=0"]);
        Assert.Equal(0, measured["tls_appliance.shard.up shard=0"]);
        Assert.Equal(1, measured["tls_appliance.shard.up shard=1"]);
    }

    [Fact]
    public void Residuals_are_those_of_the_last_snapshot()
    {
        Assert.DoesNotContain(Measure().Keys, name => name.Contains("residual", StringComparison.Ordinal));
        _snapshot = new AccountingSnapshot(1, new PipelineCounters { Forwarded = 7 }, new PipelineCounters(), 0);
        Dictionary<string, long> measured = Measure();
        Assert.Equal(7, measured["tls_appliance.accounting.residual scope=lanes"]);
        Assert.Equal(0, measured["tls_appliance.accounting.residual scope=events"]);
    }

    [Fact]
    public void One_collection_is_one_reading_and_asks_for_the_next_snapshot()
    {
        Measure();
        Assert.Equal((2, 1), (_readings, _requests));
    }

    [Fact]
    public void Names_units_and_descriptions_are_as_they_should_be()
    {
        using PipelineMetrics metrics = NewMetrics();
        List<Instrument> instruments = [];
        using MeterListener listener = new() { InstrumentPublished = (instrument, _) => instruments.Add(instrument) };
        listener.Start();
        instruments.RemoveAll(instrument => instrument.Meter.Name != PipelineMetrics.MeterName);

        Assert.True(instruments.Count >= 20);
        Assert.All(instruments, instrument =>
        {
            Assert.True(instrument.IsObservable);
            Assert.Matches(@"^tls_appliance(\.[a-z_]+)+$", instrument.Name);
            Assert.Matches(@"^(By|\{[a-z]+\})?$", instrument.Unit ?? "");
            Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal);
        });
    }

    /// <summary>One collection, by name and tags.</summary>
    private Dictionary<string, long> Measure()
    {
        using PipelineMetrics metrics = NewMetrics();
        _time.Now += TimeSpan.TicksPerSecond;
        Dictionary<string, long> measured = [];
        using MeterListener listener = new();

        // Other tests may have meters of this name at the same time.
        listener.InstrumentPublished = (instrument, self) => Enable(instrument, self, metrics);
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            measured[instrument.Name + string.Concat(tags.ToArray().Select(tag => $" {tag.Key}={tag.Value}"))] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }

    private static void Enable(Instrument instrument, MeterListener listener, PipelineMetrics metrics)
    {
        if (instrument.Meter == metrics.Meter)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private PipelineMetrics NewMetrics() => new(
        new PipelineStatus(
            () =>
            {
                _readings++;
                return _counters;
            },
            () => _snapshot,
            () => _requests++,
            _health),
        _time);

    private sealed class StoppedClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
