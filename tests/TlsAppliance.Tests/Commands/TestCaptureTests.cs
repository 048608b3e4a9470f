using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;
using TlsAppliance.Testing.Wires;

namespace TlsAppliance.Tests.Commands;

/// <summary><c>test capture</c> on wires of the test's own, with real frames on them.</summary>
public class TestCaptureTests
{
    /// <summary>Far from what a busy machine can take: a frame that it loses would be one that the wire does not show.</summary>
    private const int FramesPerSecond = 3_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll");

    [Fact]
    public void A_wire_with_both_directions_is_a_good_span()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        (JsonElement span, int exit) = Look(wire, Sessions(_ => true));
        Assert.Equal(("ok", 0), (span.GetProperty("verdict").GetString(), exit));
        Assert.Equal(span.GetProperty("kernel_received").GetInt64(), span.GetProperty("frames").GetInt64());
        Assert.True(span.GetProperty("client_hellos").GetInt32() > 0);
        Assert.Equal(0, span.GetProperty("unseen_bytes").GetInt64());
    }

    [Fact]
    public void A_wire_with_one_direction_is_not()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        (JsonElement span, int exit) = Look(wire, Sessions(segment => segment.FromClient));
        Assert.Equal(("problem", 1), (span.GetProperty("verdict").GetString(), exit));
        Assert.Equal(span.GetProperty("judged_connections").GetInt64(), span.GetProperty("one_way_connections").GetInt64());
        Assert.Equal(["directions", "unseen", "tls"], Problems(span));
    }

    [Fact]
    public void A_wire_that_shows_everything_twice_is_a_span_with_reservations()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        (JsonElement span, int exit) = Look(wire, [.. Sessions(_ => true).SelectMany(frame => new[] { frame, frame })]);
        Assert.Equal(("warning", 0), (span.GetProperty("verdict").GetString(), exit));
        Assert.Equal(0.5, span.GetProperty("duplicates").GetDouble() / span.GetProperty("segments").GetDouble(), 0.05);
    }

    [Fact]
    public void The_boxs_own_traffic_is_no_span()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        VethWire.Run(wire.Sensor, "ip", "addr", "add", "10.0.0.1/24", "dev", VethWire.SensorDevice);
        (JsonElement span, int exit) = Look(wire, Sessions(_ => true));
        Assert.Equal(("problem", 1), (span.GetProperty("verdict").GetString(), exit));
        Assert.Equal(["foreign"], Problems(span));
    }

    [Fact]
    public void Silence_is_said_in_words_and_costs_the_exit_code()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        ToolProcess silent = VethWire.Run(wire.Sensor, "dotnet", s_program, "test", "capture", "-i", VethWire.SensorDevice, "--duration", "200ms");
        Assert.Equal(1, silent.ExitCode);
        Assert.Contains($"{VethWire.SensorDevice} is not a good SPAN: frames.", silent.Output, StringComparison.Ordinal);
        Assert.Contains($"ip -s link show dev {VethWire.SensorDevice}", silent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_permission_it_says_what_gives_it()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        ToolProcess denied = VethWire.Run(
            wire.Sensor, "setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-net_raw", "dotnet", s_program, "test", "capture", "-i", VethWire.SensorDevice);
        Assert.True(denied.ExitCode == 77, denied.Everything);
        Assert.Contains("CAP_NET_RAW", denied.Errors, StringComparison.Ordinal);
    }

    private static string[] Problems(JsonElement span) =>
        [.. span.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("verdict").GetString() == "problem").Select(finding => finding.GetProperty("check").GetString()!)];

    /// <summary>
    /// Sends in a loop until the look is over, so it does not matter when the capture begins, only that the wire is not silent; a pass takes much longer than copies follow each
    /// other.
    /// </summary>
    private static (JsonElement Span, int Exit) Look(VethWire wire, IEnumerable<RecordedFrame> frames)
    {
        Assert.SkipUnless(SystemTool.IsThere("tcpreplay", out string missing), missing);
        using var folder = new TemporaryFolder();
        string capture = folder.Combine("sent.pcap");
        File.WriteAllBytes(capture, PcapWriter.Build(frames));
        string[] send = [.. VethWire.Within(wire.Sender)[1..], "tcpreplay", "--preload-pcap", $"--pps={FramesPerSecond}", "--loop=0", "--intf1", VethWire.SenderDevice, capture];
        using Process sender = Process.Start(new ProcessStartInfo("ip", send) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => Received(wire) > 0, s_patience), "nothing is sent");
            ToolProcess look = VethWire.Run(wire.Sensor, "dotnet", s_program, "test", "capture", "-i", VethWire.SensorDevice, "--duration", "1s", "--json");
            Assert.True(look.Output.Length > 0, look.Errors);
            using JsonDocument json = JsonDocument.Parse(look.Output);
            return (json.RootElement.GetProperty("interfaces")[0].Clone(), look.ExitCode);
        }
        finally
        {
            sender.Kill();
            sender.WaitForExit();
        }
    }

    /// <summary>Frames that came to the sensor so far.</summary>
    private static long Received(VethWire wire) =>
        long.Parse(VethWire.Run(wire.Sensor, "cat", $"/sys/class/net/{VethWire.SensorDevice}/statistics/rx_packets").Output, CultureInfo.InvariantCulture);

    private static RecordedFrame[] Sessions(Func<TcpConversationSegment, bool> isSeen) =>
    [
        .. Enumerable.Range(0, 200).SelectMany(i =>
        {
            TcpConversation conversation = new TcpConversation((ushort)(20_000 + i)).Session(i).Send(fromClient: true, new byte[2000]).Send(fromClient: false, new byte[9000])
                .Ack(fromClient: true).Close().Ack(fromClient: false);
            return conversation.With(conversation.Segments.Where(isSeen)).Build();
        }),
    ];
}
