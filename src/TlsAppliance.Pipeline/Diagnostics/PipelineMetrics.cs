using System.Diagnostics.Metrics;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Diagnostics;

/// <summary>
/// The engine's counters as observable instruments of the meter <see cref="MeterName"/>: they cost nothing until somebody listens. All instruments of one
/// collection show one reading of the counters. Each reading asks for the next snapshot, so the residuals are those of the collection before.
/// </summary>
public sealed class PipelineMetrics : IDisposable
{
    public const string MeterName = "TlsAppliance";

    /// <summary>Instruments that are asked within this time belong to one collection.</summary>
    private static readonly TimeSpan Collection = TimeSpan.FromMilliseconds(50);

    private readonly Meter _meter = new(MeterName);
    private readonly Lock _lock = new();
    private readonly PipelineStatus _status;
    private readonly TimeProvider _time;
    private PipelineCounters _counters;
    private long _readAt;

    public PipelineMetrics(PipelineStatus status, TimeProvider time)
    {
        (_status, _time) = (status, time);
        (_counters, _readAt) = (status.Counters(), time.GetTimestamp());
        AddFrames();
        AddSessions();
        AddShards();
        AddCaptures();
    }

    /// <summary>Made for tests: tells these instruments from those of other engines in this process.</summary>
    internal Meter Meter => _meter;

    private void AddFrames()
    {
        Count("frames.received", "{frame}", "Frames received.", counters => counters.Frames);
        Count("frames.captured", "By", "Captured bytes of these frames.", counters => counters.CapturedBytes);
        Count("frames.wire", "By", "Bytes that these frames had on the wire.", counters => counters.WireBytes);
        _meter.CreateObservableCounter("tls_appliance.frames.decoded", FramesByStatus, "{frame}", "Frames by what they turned out to be; the sum is all.");
        _meter.CreateObservableCounter("tls_appliance.segments", SegmentsByOutcome, "{segment}", "TCP segments by what became of them.");
        Count("segments.defragmented", "{segment}", "TCP segments that came in IP fragments.", counters => counters.DefragmentedSegments);
        Count("gaps", "{gap}", "Holes in TCP streams that were given up.", counters => counters.Gaps);
        Count("gaps.missing", "By", "Bytes missing in these holes.", counters => counters.GapBytes);
    }

    private void AddSessions()
    {
        Count("flows.opened", "{flow}", "Connections opened.", counters => counters.Flows);
        Count("flows.closed", "{flow}", "Connections closed, for whatever reason.", counters => counters.FlowsClosed);
        Count("flows.lost", "{flow}", "Connections that were open in a shard when it failed.", counters => counters.FlowsLost);
        Count("sessions.recognised", "{session}", "TLS sessions recognised.", counters => counters.Sessions);
        Count("sessions.copies", "{session}", "Sessions that were seen a second time; no event.", counters => counters.Copies);
        Count("sessions.unrendered", "{session}", "Sessions whose event was dropped or could not be rendered.", counters => counters.Unrendered);
        Count("events.rendered", "{event}", "Events rendered.", counters => counters.Events);
        Count("events.size", "By", "Bytes of these events.", counters => counters.EventBytes);
        Count("events.delivered", "{event}", "Events that the output took.", counters => counters.Delivered);
        Count("events.undelivered", "{event}", "Events that the output did not take.", counters => counters.Undelivered);
        Count("events.dropped", "{event}", "Events dropped because the output had no room.", counters => counters.EventsDropped);
        _meter.CreateObservableGauge("tls_appliance.accounting.residual", Residuals, "{item}", "What is in no bucket, by scope; other than 0 is a bug.");
    }

    private void AddShards()
    {
        _meter.CreateObservableCounter("tls_appliance.shard.failures", () => ByShard(health => health.Failures), "{failure}", "Failures of a shard.");
        _meter.CreateObservableCounter("tls_appliance.shard.drained", () => ByShard(health => health.Drained), "{frame}", "Frames thrown away because a shard kept failing.");
        _meter.CreateObservableGauge(
            "tls_appliance.shard.up", () => ByShard(health => health.IsDraining || health.IsInBackoff ? 0 : 1), null, "1 when the shard reads its lane.");
    }

    private void AddCaptures()
    {
        if (_status.Captures.Count == 0)
        {
            return;
        }

        CountCaptures("received", "{frame}", "Frames that passed the filter, those that were dropped included.", capture => capture.Kernel.Received);
        CountCaptures("dropped", "{frame}", "Frames for which the capture had no room.", capture => capture.Kernel.Dropped);
        CountCaptures("freezes", "{freeze}", "Times that the ring was full.", capture => capture.Kernel.Freezes);
        CountCaptures("read", "{frame}", "Frames read.", capture => capture.Frames);
        CountCaptures("failures", "{failure}", "Times that the capture failed or could not be opened.", capture => capture.Failures);
        CountCaptures("down", "ms", "Time without a capture, over all failures that are over.", capture => (long)capture.Down.TotalMilliseconds);
        Count("capture.acknowledged", "By", "Bytes that receivers acknowledged, of connections that are being read.", counters => counters.AcknowledgedBytes);
        Count("capture.unseen", "By", "Of these, bytes that were not captured.", counters => counters.UnseenBytes);
        _meter.CreateObservableGauge("tls_appliance.capture.estimated_loss", () => _status.Loss?.Latest ?? 0, "1", "Share of these in the last interval.");
        _meter.CreateObservableCounter(
            "tls_appliance.interface.dropped", InterfaceDrops, "{frame}", "Frames that the interface or its driver lost before anybody saw them.");
        _meter.CreateObservableGauge(
            "tls_appliance.capture.up", () => ByCapture(capture => capture.Failure is null ? 1 : 0), null, "1 when the interface is captured.");
    }

    private void CountCaptures(string name, string unit, string description, Func<CaptureHealth, long> value) =>
        _meter.CreateObservableCounter("tls_appliance.capture." + name, () => ByCapture(value), unit, description);

    /// <summary>An interface counts once, by however many threads it is captured.</summary>
    private IEnumerable<Measurement<long>> InterfaceDrops() =>
        _status.Captures.Where(capture => capture.Thread == 0).Select(capture => Tagged(capture.Kernel.InterfaceDropped, "interface", capture.Interface));

    private IEnumerable<Measurement<long>> ByCapture(Func<CaptureHealth, long> value) => _status.Captures.Select(capture => new Measurement<long>(
        value(capture), new KeyValuePair<string, object?>("interface", capture.Interface), new KeyValuePair<string, object?>("thread", capture.Thread)));

    private void Count(string name, string unit, string description, Func<PipelineCounters, long> value) =>
        _meter.CreateObservableCounter("tls_appliance." + name, () => value(Read()), unit, description);

    private PipelineCounters Read()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_readAt) >= Collection)
            {
                _counters = _status.Counters();
                _status.RequestSnapshot();
                _readAt = _time.GetTimestamp();
            }

            return _counters;
        }
    }

    private IEnumerable<Measurement<long>> FramesByStatus()
    {
        long[] frames = Read().ByStatus;
        for (int status = 0; status < frames.Length; status++)
        {
            if (frames[status] > 0)
            {
                yield return Tagged(frames[status], "status", DecodeStatusNames.All[status]);
            }
        }
    }

    private IEnumerable<Measurement<long>> SegmentsByOutcome()
    {
        PipelineCounters counters = Read();
        return
        [
            Tagged(counters.Processed, "outcome", "processed"),
            Tagged(counters.Shunted, "outcome", "shunted"),
            Tagged(counters.FilteredByPort, "outcome", "filtered_by_port"),
            Tagged(counters.ShedMidstream, "outcome", "shed_midstream"),
            Tagged(counters.DroppedByLane, "outcome", "dropped_by_lane"),
            Tagged(counters.Quarantined, "outcome", "quarantined"),
            Tagged(counters.Strays, "outcome", "stray"),
            Tagged(counters.Faulted, "outcome", "faulted"),
            Tagged(counters.Drained, "outcome", "drained"),
        ];
    }

    private IEnumerable<Measurement<long>> Residuals() =>
        (_status.LatestSnapshot()?.Residuals ?? []).Select(residual => Tagged(residual.Value, "scope", residual.Name));

    private IEnumerable<Measurement<long>> ByShard(Func<ShardHealth, long> value) =>
        _status.Health.Select((health, shard) => Tagged(value(health), "shard", shard));

    private static Measurement<long> Tagged(long value, string tag, object tagValue) => new(value, new KeyValuePair<string, object?>(tag, tagValue));

    public void Dispose() => _meter.Dispose();
}
