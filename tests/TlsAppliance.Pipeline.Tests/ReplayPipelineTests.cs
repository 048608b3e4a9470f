using TlsAppliance.Network.Fragments;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests;

public class ReplayPipelineTests
{
    [Fact]
    public void One_session_gives_one_event()
    {
        Replay replay = Replay.Of(new TcpConversation().Session());
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal("10.0.0.1", replay["client.ip"]);
        Assert.Equal((1, 1, 1), (replay.Counters.Flows, replay.Counters.Sessions, replay.Counters.Events));
        Assert.True(replay.Counters.EventBytes > 500);
    }

    [Fact]
    public void Bytes_and_packets_count_up_to_the_deciding_frame_and_the_rest_is_shunted()
    {
        TcpConversation conversation = new TcpConversation().Open().Handshake();
        int deciding = conversation.Segments.Count;
        long clientBytes = conversation.Segments.Where(segment => segment.FromClient).Sum(segment => 40L + segment.Payload.Length);
        Replay replay = Replay.Of(conversation.Send(true, TcpConversationTls.Data).Send(false, TcpConversationTls.Data).Close());
        Assert.Equal($"{clientBytes}", replay["client.bytes"]);
        Assert.Equal("3", replay["server.packets"]);
        Assert.Equal(deciding, replay.Counters.Processed);
        Assert.Equal(5, replay.Counters.Shunted);
    }

    [Fact]
    public void Sessions_over_ipv6_and_vlan_are_found()
    {
        Replay replay = Replay.Of(With(new TcpConversation(ipv6: true).Session(), segment => segment with { Vlan = 7 }));
        Assert.Equal("2001:db8::1", replay["client.ip"]);
        Assert.Equal("7", replay["network.vlan.id"]);
    }

    [Fact]
    public void A_connection_without_tls_gives_no_event_and_is_shunted()
    {
        TcpConversation conversation = new TcpConversation().Open();
        for (int i = 0; i < 40; i++)
        {
            conversation.Send(true, new byte[1400]).Send(false, new byte[1400]);
        }

        Replay replay = Replay.Of(conversation.Close());
        Assert.Empty(replay.Events);
        Assert.Equal(1, replay.Counters.Named["flows.not_tls"]);
        Assert.True(replay.Counters.Shunted > 40);
    }

    [Fact]
    public void A_stopped_replay_publishes_no_open_session()
    {
        using CancellationTokenSource stop = new();
        TcpConversation conversation = new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello());
        int frames = 0;
        Replay replay = Replay.Of(new BlockSource(Enumerable.Repeat(conversation.Build(), 4).SelectMany(f => f), Replay.FramesPerBlock), null, stop.Token, prepared =>
            prepared.Pipeline.Shard.FaultProbe = _ =>
            {
                if (++frames == 5)
                {
                    stop.Cancel();
                }
            });
        Assert.Empty(replay.Events);
        Assert.Equal(7, replay.Counters.Frames);
    }

    [Fact]
    public void The_end_of_a_segment_publishes_open_sessions_and_forgets_the_flows()
    {
        RecordedFrame[] frames = new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello()).Build();
        Replay replay = Replay.Of([.. frames, null, .. frames, null]);
        Assert.Equal(2, replay.Events.Count);
        Assert.Equal(0, replay.Counters.Copies);
        Assert.Equal(replay.Events[0].GetProperty("event").GetProperty("id").GetString(), replay.Events[1].GetProperty("event").GetProperty("id").GetString());
    }

    [Fact]
    public void The_clock_starts_anew_with_each_segment()
    {
        RecordedFrame[] late = new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello()).Build();
        RecordedFrame[] early = new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello(2)).Pause(TimeSpan.FromSeconds(11)).Ack(false)
            .Build(TcpConversation.Start - 3_600_000_000_000);
        Replay replay = Replay.Of([.. late, null, .. early]);
        Assert.Equal("timeout", replay.Events[1].GetProperty("tls_appliance").GetProperty("end_reason").GetString());
    }

    [Fact]
    public void Only_listed_ports_are_read()
    {
        IEnumerable<RecordedFrame> frames = new TcpConversation(serverPort: 443).Session().Build().Concat(new TcpConversation(serverPort: 8443).Session().Build());
        Replay replay = Replay.Of(frames, new PipelineOptions { Ports = [8443] });
        Assert.Equal("8443", replay["server.port"]);
        Assert.Equal(frames.Count() / 2, replay.Counters.FilteredByPort);
    }

    [Fact]
    public void Segments_in_fragments_are_read()
    {
        IEnumerable<RecordedFrame> frames = new TcpConversation().Open().Handshake(padding: 600).Build().SelectMany(frame => Fragment(frame, 200));
        Replay replay = Replay.Of(frames);
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.True(replay.Counters.DefragmentedSegments > 0);
        Assert.Equal(replay.Counters.DefragmentedSegments, replay.Counters.Named["fragments.completed"]);
    }

    [Fact]
    public void A_fault_of_the_sink_is_not_taken_for_a_fault_of_a_flow()
    {
        ReplayPipeline pipeline = new(new PipelineOptions(), new BrokenSink());
        Assert.Throws<IOException>(() => pipeline.Run(new BlockSource(new TcpConversation().Session().Build()), CancellationToken.None));
        Assert.Equal(0, pipeline.Counters.Quarantined);
    }

    [Fact]
    public void Frames_that_are_no_tcp_are_counted_under_their_reason()
    {
        Replay replay = Replay.Of([new RecordedFrame(new byte[5], TcpConversation.Start), new RecordedFrame([], TcpConversation.Start)]);
        Assert.Equal(2, replay.Counters.ByStatus[(int)DecodeStatus.TruncatedEthernet]);
    }

    private static TcpConversation With(TcpConversation conversation, Func<TcpConversationSegment, TcpConversationSegment> change) =>
        conversation.With(conversation.Segments.Select(change));

    /// <summary>Cuts an IPv4 frame into fragments of <paramref name="size"/> bytes.</summary>
    private static IEnumerable<RecordedFrame> Fragment(RecordedFrame frame, int size)
    {
        byte[] head = frame.Bytes[..34], data = frame.Bytes[34..];
        if (data.Length <= size)
        {
            yield return frame;
            yield break;
        }

        for (int offset = 0; offset < data.Length; offset += size)
        {
            int length = Math.Min(size, data.Length - offset);
            byte[] bytes = [.. head, .. data[offset..(offset + length)]];
            (bytes[16], bytes[17]) = ((byte)((length + 20) >> 8), (byte)(length + 20));
            bytes[18] = (byte)(frame.Timestamp / 1_000_000);
            bytes[20] = (byte)((offset + length < data.Length ? 0x20 : 0) | (offset / 8) >> 8);
            bytes[21] = (byte)(offset / 8);
            yield return frame with { Bytes = bytes, WireLength = 0 };
        }
    }

    private sealed class BrokenSink : Events.Delivery.IEventSink
    {
        public ValueTask WriteAsync(Events.Delivery.EventBatch batch, CancellationToken cancellationToken) => throw new IOException("full");

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
