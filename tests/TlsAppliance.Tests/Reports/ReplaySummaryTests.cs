using System.Text.Json;
using TlsAppliance.Capture.Places;
using TlsAppliance.Commands;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Reports;

namespace TlsAppliance.Tests.Reports;

public class ReplaySummaryTests
{
    [Fact]
    public void Tells_a_person_what_happened_to_every_frame() => Assert.Equal(
        """
        frames          12,345, 10.0 MB captured, 20.0 MB on the wire
        flows           12
        sessions        7, 1 of them copies of another
        events          6, 999 bytes
        tcp frames      read 100, shunted 20
        frames ignored  udp_other 1,234, arp 3
        frames dropped  truncated_ipv4 2
        gaps            2, 1.5 kB missing
        other           flows.evicted 1
        damaged files   1
        files skipped   3 that are no captures
        time            2.000 s, 6,172 frames/s, 0.08 Gbit/s
        stopped         by a signal; sessions still open were not written

        """.ReplaceLineEndings("\n"),
        Text(Summary() with { SkippedFiles = 3, Stopped = true }));

    [Fact]
    public void Is_folded_beside_its_labels_on_a_terminal()
    {
        using var text = new StringWriter { NewLine = "\n" };
        Summary().WriteText(text, width: 44);
        Assert.StartsWith(
            """
            frames          12,345, 10.0 MB captured,
                            20.0 MB on the wire
            flows           12

            """.ReplaceLineEndings("\n"),
            text.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Says_none_where_there_is_none()
    {
        string text = Text(new ReplaySummary { Counters = new PipelineCounters(), Faults = [], Elapsed = TimeSpan.Zero });
        Assert.Contains("gaps            none\n", text, StringComparison.Ordinal);
        Assert.Contains("damaged files   none\n", text, StringComparison.Ordinal);
        Assert.Contains("0 frames/s", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_a_script_the_same()
    {
        using JsonDocument json = JsonDocument.Parse(Summary().ToJson());
        JsonElement root = json.RootElement;
        Assert.Equal(12_345, root.GetProperty("frames").GetInt64());
        Assert.Equal(1234, root.GetProperty("frames_ignored").GetProperty("udp_other").GetInt64());
        Assert.Equal(2, root.GetProperty("frames_dropped").GetProperty("truncated_ipv4").GetInt64());
        Assert.Equal(4711, root.GetProperty("damaged")[0].GetProperty("offset").GetInt64());
        Assert.Equal("events/x.ndjson", root.GetProperty("written")[0].GetString());
    }

    [Fact]
    public void Rates_of_a_paced_replay_are_those_of_its_input()
    {
        using JsonDocument json = JsonDocument.Parse((Summary() with { PacedTime = TimeSpan.FromSeconds(1) }).ToJson());
        Assert.Equal(2, json.RootElement.GetProperty("seconds").GetDouble());
        Assert.Equal(1, json.RootElement.GetProperty("paced_seconds").GetDouble());
        Assert.Equal(12_345, json.RootElement.GetProperty("frames_per_second").GetDouble());
    }

    [Theory]
    [InlineData("flows.evicted", true)]
    [InlineData("fragments.evicted", true)]
    [InlineData("segments.duplicate", false)]
    public void Traffic_let_go_is_loss(string counter, bool loss)
    {
        var counters = new PipelineCounters();
        counters.Named[counter] = 1;
        Assert.Equal(loss, new ReplaySummary { Counters = counters, Faults = [], Elapsed = TimeSpan.Zero }.HasLoss);
    }

    [Fact]
    public void Gaps_are_loss() =>
        Assert.True(new ReplaySummary { Counters = new PipelineCounters { Gaps = 1 }, Faults = [], Elapsed = TimeSpan.Zero }.HasLoss);

    [Fact]
    public void What_the_engine_lost_is_loss()
    {
        Assert.True(Of(new PipelineCounters { FlowsLost = 1 }).HasLoss);
        Assert.True(Of(new PipelineCounters { Faulted = 1 }).HasLoss);
        Assert.True(Of(new PipelineCounters { Undelivered = 1 }).HasLoss);
        Assert.False(Of(new PipelineCounters { Strays = 1 }).HasLoss);
    }

    [Fact]
    public void A_replay_that_had_to_drain_exits_with_1_whatever_else_happened()
    {
        ReplaySummary drained = Of(new PipelineCounters { Drained = 5 });
        Assert.Equal(ExitCode.Failed, ReplayRun.Verdict(drained, strict: true));
        Assert.Equal(ExitCode.Failed, ReplayRun.Verdict(drained with { Faults = [new CaptureFault("a.pcap", 1, "cut")] }, strict: false));
        Assert.Contains("drained 5", Text(drained), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Loss, ReplayRun.Verdict(Of(new PipelineCounters { FlowsLost = 1 }), strict: true));
        Assert.Equal(ExitCode.Done, ReplayRun.Verdict(Of(new PipelineCounters { FlowsLost = 1 }), strict: false));
    }

    [Fact]
    public void The_frames_at_which_a_connection_failed_are_told_by_their_time() => Assert.Contains(
        "1700000000.000000007",
        Text(Of(new PipelineCounters()) with { Quarantined = [new FrameNote(1_700_000_000_000_000_007, 60, 0)] }),
        StringComparison.Ordinal);

    [Fact]
    public void The_frames_at_which_a_connection_failed_are_told_by_file_and_offset_where_they_are_found_again() => Assert.Contains(
        "failed at       a.pcap frame 12 (byte 3456)\n",
        Text(Of(new PipelineCounters()) with
        {
            Quarantined = [new FrameNote(7, 60, 0)],
            Places = new Dictionary<(long, int), FramePlace> { [(7, 60)] = new("a.pcap", 12, 3456) },
        }),
        StringComparison.Ordinal);

    private static ReplaySummary Of(PipelineCounters counters) => new() { Counters = counters, Faults = [], Elapsed = TimeSpan.Zero };

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(1_234_567, "1.2 MB")]
    [InlineData(long.MaxValue, "9223.4 PB")]
    public void Sizes_have_three_digits_and_a_unit(long bytes, string text) => Assert.Equal(text, ByteCount.Text(bytes));

    private static ReplaySummary Summary()
    {
        var counters = new PipelineCounters
        {
            Frames = 12_345,
            CapturedBytes = 10_000_000,
            WireBytes = 20_000_000,
            Flows = 12,
            Sessions = 7,
            Copies = 1,
            Events = 6,
            EventBytes = 999,
            Processed = 100,
            Shunted = 20,
            Gaps = 2,
            GapBytes = 1500,
        };
        counters.ByStatus[(int)DecodeStatus.UdpOther] = 1234;
        counters.ByStatus[(int)DecodeStatus.Arp] = 3;
        counters.ByStatus[(int)DecodeStatus.TruncatedIpv4] = 2;
        counters.ByStatus[(int)DecodeStatus.Tcp] = 120;
        counters.Named["flows.evicted"] = 1;
        counters.Named["segments.duplicate"] = 0;
        return new ReplaySummary
        {
            Counters = counters,
            Faults = [new CaptureFault("a.pcap", 4711, "cut")],
            Elapsed = TimeSpan.FromSeconds(2),
            Written = ["events/x.ndjson"],
        };
    }

    private static string Text(ReplaySummary summary)
    {
        using var text = new StringWriter { NewLine = "\n" };
        summary.WriteText(text);
        return text.ToString();
    }
}
