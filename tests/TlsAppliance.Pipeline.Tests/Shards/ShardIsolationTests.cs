using System.Runtime.CompilerServices;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Pipeline.Shards;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Shards;

/// <summary>What one flow does never costs another: faults, wrong clocks, floods, memory.</summary>
public class ShardIsolationTests
{
    [Fact]
    public void A_fault_costs_its_flow_only_and_a_new_syn_lifts_the_quarantine()
    {
        RecordedFrame[] poisoned = new TcpConversation(clientPort: 1).Session().Build();
        RecordedFrame[] healthy = new TcpConversation(clientPort: 2).Session(seed: 2).Build();
        RecordedFrame[] again = new TcpConversation(clientPort: 1, clientNumber: 50_000_000).Session(seed: 3).Build(TcpConversation.Start + 1_000_000_000);
        int frames = 0;
        BlockSource source = new(poisoned.Zip(healthy).SelectMany(pair => new[] { pair.First, pair.Second }).Concat(again), Replay.FramesPerBlock);
        Replay replay = Replay.Of(source, null, CancellationToken.None, prepared => prepared.Pipeline.Shard.FaultProbe = key =>
        {
            if ((key.LowPort == 1 || key.HighPort == 1) && ++frames == 4)
            {
                throw new InvalidOperationException("fault on purpose");
            }
        });
        Assert.Equal(["2", "1"], replay.Events.Select(e => e.GetProperty("client").GetProperty("port").ToString()));
        Assert.Equal(1, replay.Counters.Named["flows.quarantined"]);
        Assert.Equal(poisoned.Length - 4, replay.Counters.Quarantined);
    }

    [Theory]
    [InlineData(TcpConversation.Start + 80L * 365 * 86_400 * 1_000_000_000)]
    [InlineData(TcpConversation.Start - 3600L * 1_000_000_000)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0xFFFF_FFF0L * 1_000_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void N18_one_frame_with_a_wrong_time_changes_no_other_session(long timestamp)
    {
        RecordedFrame[] frames = new TcpConversation().Open().Handshake().Build();
        RecordedFrame wrong = new TcpConversation(clientPort: 9).Syn().Build()[0] with { Timestamp = timestamp };
        string expected = Replay.Of(frames).Event.ToString();
        for (int place = 1; place <= frames.Length; place++)
        {
            Assert.Equal(expected, Replay.Of([.. frames[..place], wrong, .. frames[place..]]).Event.ToString());
        }
    }

    [Fact]
    public void N18_equal_and_backward_times_are_harmless()
    {
        TcpConversation equal = new TcpConversation().Open().Handshake(), backward = new TcpConversation().Open().Handshake();
        equal.With(equal.Segments.Select(segment => segment with { Pause = 0 }));
        backward.With(backward.Segments.Select(segment => segment with { Pause = -1_000_000_000 }));
        Assert.Equal("handshake_completed", Replay.Of(equal).EndReason);
        Assert.Equal("handshake_completed", Replay.Of(backward).EndReason);
    }

    [Fact]
    public void N18_a_session_that_begins_after_an_hour_of_silence_is_not_taken_for_idle()
    {
        RecordedFrame[] first = new TcpConversation(clientPort: 1).Open().Send(true, TcpConversationTls.ClientHello(2)).Build();
        RecordedFrame[] second = new TcpConversation { SegmentSize = 40 }.Open().Handshake().Build(TcpConversation.Start + 3600L * 1_000_000_000);
        Assert.True(second.Length > 8);
        Replay replay = Replay.Of(first.Concat(second));
        Assert.Equal(["timeout", "handshake_completed"], replay.Events.Select(e => e.GetProperty("tls_appliance").GetProperty("end_reason").GetString()));
    }

    [Fact]
    public void N18_frames_after_silences_of_different_lengths_do_not_end_the_session_among_them()
    {
        RecordedFrame[] others = [.. Enumerable.Range(1, 6).Select(i => new TcpConversation((ushort)i).Syn().Build(TcpConversation.Start + i * 100_000_000_000L)[0])];
        RecordedFrame[] session = new TcpConversation { SegmentSize = 40 }.Open().Handshake().Build(TcpConversation.Start + 36_000L * 1_000_000_000);
        RecordedFrame first = new TcpConversation(7).Syn().Build()[0];
        Assert.Equal("handshake_completed", Replay.Of([first, .. others, .. session]).EndReason);
    }

    /// <summary>The clock follows in two jumps, as two recordings in one file make it do: first to the nearest of eight frames, then to the session.</summary>
    [Fact]
    public void N18_a_session_ten_seconds_after_the_clock_has_jumped_is_not_taken_for_idle()
    {
        const long Month = 30L * 24 * 3600 * 1_000_000_000;
        RecordedFrame[] first = new TcpConversation(clientPort: 1).Open().Build();
        RecordedFrame[] noise = new TcpConversation(clientPort: 2).Open().Ack(true).Build(TcpConversation.Start + Month);
        RecordedFrame[] session = new TcpConversation().Open().Handshake().Build(TcpConversation.Start + Month + 10_100_000_000);
        Assert.Equal(Watermark.FramesToJump - 4, noise.Length);
        Assert.Equal("handshake_completed", Replay.Of([.. first, .. noise, .. session]).EndReason);
    }

    /// <summary>2 M SYNs scaled down: 30,000 tuples on a table of 2,000.</summary>
    [Fact]
    public void N19_a_flood_of_syns_does_not_push_out_an_honest_session()
    {
        List<RecordedFrame> frames = [];
        RecordedFrame[] honest = new TcpConversation { SegmentSize = 40 }.Open().Handshake().Build();
        foreach (RecordedFrame frame in honest)
        {
            for (int i = 0; i < 1500; i++)
            {
                TcpConversation syn = new((ushort)(frames.Count % 60_000 + 1), (ushort)(frames.Count / 60_000 + 2000));
                frames.Add(syn.Syn().Build(frame.Timestamp)[0]);
            }

            frames.Add(frame);
        }

        Replay replay = Replay.Of(frames, new PipelineOptions { Flows = new FlowOptions { MaximumFlows = 2000 } });
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.True(replay.Counters.Named["flows.evicted"] > frames.Count / 2);
    }

    [Fact]
    public void Holes_of_many_flows_share_a_bounded_memory()
    {
        List<RecordedFrame> frames = [];
        for (ushort port = 1; port <= 300; port++)
        {
            TcpConversation conversation = new TcpConversation(port).Open();
            conversation.Forge(conversation.Last with { Sequence = conversation.Last.Sequence + 1000, Payload = new byte[1400] });
            frames.AddRange(conversation.Build());
        }

        PipelineOptions options = new() { Reassembly = new() { MaximumShardBytes = 100_000 } };
        Replay replay = Replay.Of(frames.Concat(new TcpConversation(9999).Open().Handshake().Build()), options);
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.True(replay.Counters.Named["segments.memory_gaps"] > 200);
    }

    [Fact]
    public void Finished_flows_are_forgotten_after_their_time()
    {
        Shard shard = new(new PipelineOptions(), new FlowHash(1), new PipelineCounters(), _ => { });
        Feed(shard, new TcpConversation().Session().Build());
        Assert.Equal(1, shard.FlowCount);
        shard.Tick(TcpConversation.Start + 119_000_000_000);
        Assert.Equal(1, shard.FlowCount);
        shard.Tick(TcpConversation.Start + 121_000_000_000);
        Assert.Equal(0, shard.FlowCount);
    }

    [Fact]
    public void Shunted_frames_allocate_nothing()
    {
        Shard shard = new(new PipelineOptions(), new FlowHash(1), new PipelineCounters(), _ => { });
        RecordedFrame[] frames = new TcpConversation().Session().Send(true, new byte[1000]).Build();
        Feed(shard, frames);
        DecodedFrame decoded = default;
        RecordedFrame last = frames[^1];
        FrameDecoder.Decode(last.Bytes, last.LinkType, ref decoded);
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                shard.Process(new CapturedFrame(last.Bytes, last.Timestamp, last.Bytes.Length, last.LinkType), decoded, last.Bytes.AsSpan(54));
            }
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void In_order_segments_of_an_open_flow_allocate_nothing()
    {
        Shard shard = new(new PipelineOptions(), new FlowHash(1), new PipelineCounters(), _ => { });
        TcpConversation conversation = new TcpConversation().Open();
        for (int i = 0; i < 5000; i++)
        {
            conversation.Send(true, [(byte)'x']);
        }

        RecordedFrame[] frames = conversation.Build();
        int next = 0;
        long allocated = Allocations.Of(() =>
        {
            Feed(shard, frames.AsSpan(next, 1000));
            next += 1000;
        });
        Assert.Equal(0, allocated);
    }

    /// <summary>72 bytes of the table's entry (its tests), 40 of the record, 16 of slots in a full table.</summary>
    [Fact]
    public void A_finished_flow_takes_at_most_128_bytes() => Assert.True(Unsafe.SizeOf<FlowRecord>() <= 40, $"{Unsafe.SizeOf<FlowRecord>()}");

    [Fact]
    public void An_idle_flow_takes_at_most_400_bytes()
    {
        const int flows = 20_000;
        Shard shard = new(new PipelineOptions(), new FlowHash(1), new PipelineCounters(), _ => { });
        RecordedFrame[] frames = [.. Enumerable.Range(1, flows).Select(port => new TcpConversation((ushort)port).Syn().Build()[0])];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Feed(shard, frames);
        long perFlow = (GC.GetAllocatedBytesForCurrentThread() - before) / flows;
        Assert.True(perFlow <= 400, $"{perFlow}");
    }

    private static void Feed(Shard shard, ReadOnlySpan<RecordedFrame> frames)
    {
        DecodedFrame decoded = default;
        foreach (RecordedFrame frame in frames)
        {
            shard.Tick(frame.Timestamp);
            Assert.True(FrameDecoder.Decode(frame.Bytes, frame.LinkType, ref decoded) == DecodeStatus.Tcp);
            ReadOnlySpan<byte> payload = frame.Bytes.AsSpan(decoded.PayloadOffset, decoded.PayloadLength);
            shard.Process(new CapturedFrame(frame.Bytes, frame.Timestamp, frame.Bytes.Length, frame.LinkType), decoded, payload);
        }
    }
}
