using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Pipeline.Tests.Shards;

/// <summary>What a quarantined connection leaves for those who look into the fault.</summary>
public class HeldConnectionTests
{
    /// <summary>With all that is held in part only: keys, a ticket, a pre-shared key.</summary>
    private static readonly byte[] FullHello = new Hello
    {
        SessionId = [.. Enumerable.Range(1, 32).Select(value => (byte)value)],
        CipherSuites = [0x1301, 0x1302, 0xC02F],
        Extensions =
        [
            Extension.ServerName("a.example"), Extension.SupportedGroups(29, 23), Extension.ApplicationProtocols("h2"), Extension.SessionTicket(new byte[200]),
            Extension.SupportedVersions(0x0304, 0x0303), Extension.KeyShare(new byte[32], 29, 23), Extension.SignatureAlgorithms(0x0403, 0x0804),
            Extension.PskKeyExchangeModes(1), Extension.PreSharedKey(new byte[40], new byte[32]),
        ],
    }.Client();

    private static readonly byte[] FullAnswer = new Hello
    {
        SessionId = [.. Enumerable.Range(1, 32).Select(value => (byte)value)],
        CipherSuites = [0x1301],
        Extensions = [Extension.SelectedVersion(0x0304), Extension.SelectedKeyShare(29, new byte[32])],
    }.Server();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_kept_of_a_failed_connection_and_the_rest_of_it_replay_to_the_same_facts(bool ipv6)
    {
        TcpConversation conversation = new TcpConversation(40_000, ipv6: ipv6).Open().Send(true, FullHello).Ack(false).Send(false, FullAnswer).Ack(true).Ack(true);
        RecordedFrame[] frames = conversation.Build();
        string expected = Replay.Of(conversation).Event.GetProperty("tls").ToString();
        int hello = Array.FindIndex(frames, frame => frame.Bytes.Length > 200);
        for (int fault = hello + 1; fault < frames.Length; fault++)
        {
            Kept kept = Fail(frames, fault)!;
            Replay replay = Replay.Of([.. kept.Held.Select(Recorded), .. frames[fault..]]);
            Assert.Equal(expected, replay.Event.GetProperty("tls").ToString());
            Assert.Equal(frames[fault].Bytes, Assert.Single(kept.Frame).Bytes);
        }
    }

    [Fact]
    public void A_hello_that_waits_for_its_rest_is_kept_byte_by_byte()
    {
        TcpConversation conversation = new TcpConversation { SegmentSize = 30 }.Open().Send(true, FullHello).Ack(false);
        RecordedFrame[] frames = conversation.Build();
        string expected = Replay.Of(conversation).Event.GetProperty("tls").ToString();
        for (int fault = 4; fault < frames.Length; fault++)
        {
            Kept kept = Fail(frames, fault)!;
            Replay replay = Replay.Of([.. kept.Held.Select(Recorded), .. frames[fault..]]);
            Assert.Equal(expected, replay.Event.GetProperty("tls").ToString());
        }
    }

    [Fact]
    public void Segments_behind_a_hole_are_kept_in_their_places()
    {
        TcpConversation conversation = new TcpConversation { SegmentSize = 60 }.Open().Send(true, FullHello);
        RecordedFrame[] frames = conversation.Build();
        RecordedFrame missing = frames[4];
        RecordedFrame[] holed = [.. frames.Where(frame => frame != missing)];
        Kept kept = Fail(holed, holed.Length - 1)!;
        Replay replay = Replay.Of([.. kept.Held.Select(Recorded), .. kept.Frame, missing]);
        Assert.Equal(Replay.Of(conversation).Event.GetProperty("tls").ToString(), replay.Event.GetProperty("tls").ToString());
    }

    [Fact]
    public void A_connection_that_fails_at_its_first_frame_holds_nothing()
    {
        Kept kept = Fail(new TcpConversation().Session().Build(), 0)!;
        Assert.Empty(kept.Held);
        Assert.Single(kept.Frame);
    }

    private sealed record Kept(IReadOnlyList<HeldFrame> Held, RecordedFrame[] Frame);

    /// <summary>Fails at a frame; null when the connection was finished by then.</summary>
    private static Kept? Fail(RecordedFrame[] frames, int fault)
    {
        var recorder = new Recorder();
        int seen = 0;
        ReplayPipeline pipeline = new(new PipelineOptions(), new Engine.EventCollection(), recorder);
        pipeline.Shard.FaultProbe = _ =>
        {
            if (seen++ == fault)
            {
                throw new InvalidOperationException("made for the test");
            }
        };
        pipeline.Run(new BlockSource(frames), CancellationToken.None);
        return recorder.Kept;
    }

    private static RecordedFrame Recorded(HeldFrame frame) => new(frame.Bytes, frame.Timestamp) { LinkType = frame.LinkType };

    private sealed class Recorder : IFrameRecorder
    {
        public Kept? Kept { get; private set; }

        public void Record(IReadOnlyList<HeldFrame> held, in CapturedFrame frame)
        {
            Assert.Null(Kept);
            Kept = new Kept(held, [new RecordedFrame(frame.Bytes.ToArray(), frame.Timestamp) { LinkType = frame.LinkType }]);
        }
    }
}
