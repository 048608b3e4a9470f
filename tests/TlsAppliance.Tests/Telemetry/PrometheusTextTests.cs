using System.Diagnostics.Metrics;
using TlsAppliance.Telemetry;

namespace TlsAppliance.Tests.Telemetry;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Writes_counters_and_gauges_with_their_units()
    {
        using Meter meter = new(nameof(Writes_counters_and_gauges_with_their_units));
        meter.CreateObservableCounter("box.frames.received", () => 12L, "{frame}", "Frames received.");
        meter.CreateObservableCounter("box.frames.wire", () => 1L << 40, "By", "Bytes.");
        meter.CreateObservableGauge("box.wait", () => 0.25, "s", "A wait.");
        Assert.Equal(
            """
            # HELP box_frames_received_total Frames received.
            # TYPE box_frames_received_total counter
            box_frames_received_total 12
            # HELP box_frames_wire_bytes_total Bytes.
            # TYPE box_frames_wire_bytes_total counter
            box_frames_wire_bytes_total 1099511627776
            # HELP box_wait_seconds A wait.
            # TYPE box_wait_seconds gauge
            box_wait_seconds 0.25

            """.ReplaceLineEndings("\n"),
            Text(meter));
    }

    [Fact]
    public void Tags_become_labels_and_nothing_in_them_breaks_the_line()
    {
        using Meter meter = new(nameof(Tags_become_labels_and_nothing_in_them_breaks_the_line));
        meter.CreateObservableGauge(
            "box.up",
            () => new Measurement<int>(1, new KeyValuePair<string, object?>("a.b", "x\"y\\z\nw"), new KeyValuePair<string, object?>("shard", 3)),
            description: "One\ntwo \\ three.");
        Assert.Equal(
            """
            # HELP box_up One\ntwo \\ three.
            # TYPE box_up gauge
            box_up{a_b="x\"y\\z\nw",shard="3"} 1

            """.ReplaceLineEndings("\n"),
            Text(meter));
    }

    [Fact]
    public void Each_writing_asks_again_and_leaves_other_meters_alone()
    {
        using Meter meter = new(nameof(Each_writing_asks_again_and_leaves_other_meters_alone));
        using Meter other = new("other meter");
        int asked = 0;
        meter.CreateObservableGauge("box.asked", () => ++asked);
        other.CreateObservableGauge("other", () => 1);
        using PrometheusText text = new(meter.Name);
        Assert.Contains("box_asked 1\n", text.Write(), StringComparison.Ordinal);
        string second = text.Write();
        Assert.Contains("box_asked 2\n", second, StringComparison.Ordinal);
        Assert.DoesNotContain("other", second, StringComparison.Ordinal);
    }

    private static string Text(Meter meter)
    {
        using PrometheusText text = new(meter.Name);
        return text.Write();
    }
}
