using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Shards;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Lanes;

public class LaneReaderTests
{
    private readonly Lane _lane = new(0);
    private readonly PipelineCounters _cells = new();
    private readonly List<EventBatch> _events = [];

    [Fact]
    public void A_batch_is_read_to_its_end()
    {
        Fill(new TcpConversation().Session());
        LaneReader reader = new(_lane, NewShard());
        reader.Read();
        Assert.Equal(_lane.InHand!.Count, _lane.Cursor);
        Assert.Equal(0, reader.Unaccounted);
        Assert.Equal(1, _cells.Events);
    }

    [Fact]
    public void A_fault_leaves_the_rest_to_the_next_reader()
    {
        Fill(new TcpConversation().Session());
        int frames = 0;
        LaneReader failing = new(_lane, NewShard()) { FaultProbe = _ => { if (++frames == 4) { throw new InvalidOperationException(); } } };
        Assert.Throws<InvalidOperationException>(failing.Read);
        Assert.Equal(4, _lane.Cursor);
        Assert.Equal((1L, 3L), (failing.Unaccounted, _cells.Processed));
        LaneReader next = new(_lane, NewShard());
        next.Read();
        Assert.Equal((0L, _lane.InHand!.Count - 1), (next.Unaccounted, _cells.Processed + _cells.Shunted + _cells.Strays));
    }

    [Fact]
    public void Marks_are_obeyed_where_they_stand()
    {
        List<(long Snapshot, long Processed)> snapshots = [];
        Frame[] open = Decoded(new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello()));
        Put(open[0]);
        _lane.Writers[0].Mark(LaneEntryKind.Snapshot, 1);
        Put(open[1]);
        Put(open[2]);
        Put(open[3]);
        _lane.Writers[0].Mark(LaneEntryKind.Snapshot, 2);
        _lane.Writers[0].Mark(LaneEntryKind.EndSegment, 0);
        _lane.Writers[0].Mark(LaneEntryKind.EndOfInput, 0);
        _lane.Writers[0].Flush();
        _lane.TryTake();
        LaneReader reader = new(_lane, NewShard()) { OnSnapshot = (number, _) => snapshots.Add((number, _cells.Processed)) };
        reader.Read();
        Assert.Equal([(1, 1), (2, 4)], snapshots);
        Assert.Equal(1, Assert.Single(_events).Count);
        Assert.True(_lane.HasEnded);
    }

    [Fact]
    public void A_tick_ends_what_has_been_idle_for_too_long()
    {
        Array.ForEach(Decoded(new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello())), Put);
        _lane.Writers[0].Mark(LaneEntryKind.Tick, TcpConversation.Start);
        _lane.Writers[0].Mark(LaneEntryKind.Tick, TcpConversation.Start + 30_000_000_000);
        _lane.Writers[0].Flush();
        _lane.TryTake();
        new LaneReader(_lane, NewShard()).Read();
        Assert.Equal(1, _cells.Events);
    }

    [Fact]
    public void The_batch_tells_which_connections_are_finished()
    {
        Fill(new TcpConversation(clientNumber: 4242).Session());
        new LaneReader(_lane, NewShard()).Read();
        Assert.Contains(_lane.InHand!.Finished, finished => finished.Generation == 4242 && finished.Hash == Hash(_lane.InHand[0].Decoded.Key));
    }

    [Fact]
    public void A_mass_of_finished_connections_is_told_up_to_a_bound()
    {
        const int connections = 2 * FrameBatch.MaximumEntries;
        Shard shard = NewShard();
        for (int i = 0; i < connections; i++)
        {
            Array.ForEach(Decoded(new TcpConversation((ushort)(1000 + i)).Open().Send(true, TcpConversationTls.ClientHello(i))), frame => Process(shard, frame));
        }

        shard.Finished = [];
        shard.Tick(TcpConversation.Start);
        shard.Tick(TcpConversation.Start + 30_000_000_000);
        Assert.Equal(connections, _cells.Events);
        Assert.Equal(FrameBatch.MaximumEntries, shard.Finished.Count);
    }

    [Fact]
    public void A_connection_of_which_more_would_be_read_is_not_told_as_finished()
    {
        Shard shard = NewShard();
        shard.Finished = [];
        Process(shard, Decoded(new TcpConversation(clientNumber: 1).Syn())[0]);
        Process(shard, Decoded(new TcpConversation(clientNumber: 2).Syn())[0]);
        Assert.Empty(shard.Finished);
        shard.Tick(TcpConversation.Start);
        shard.Tick(TcpConversation.Start + 40_000_000_000);
        Assert.Equal(2, _cells.FlowsClosed);
        Assert.Empty(shard.Finished);
    }

    private static readonly FlowHash Hasher = new(1);

    private static ulong Hash(FlowKey key) => Hasher.Compute(key);

    private Shard NewShard() => new(new PipelineOptions(), Hasher, _cells, _events.Add);

    private void Fill(TcpConversation conversation)
    {
        Array.ForEach(Decoded(conversation), Put);
        _lane.Writers[0].Flush();
        _lane.TryTake();
    }

    private void Put(Frame frame) => _lane.Writers[0].Add(frame.Captured, frame.Bytes, frame.Headers, Hash(frame.Headers.Key));

    private static void Process(Shard shard, Frame frame) =>
        shard.Process(frame.Captured, frame.Headers, frame.Bytes.AsSpan(frame.Headers.PayloadOffset, frame.Headers.PayloadLength));

    private static Frame[] Decoded(TcpConversation conversation)
    {
        return [.. conversation.Build().Select(Decode)];

        static Frame Decode(RecordedFrame frame)
        {
            DecodedFrame headers = default;
            Assert.True(FrameDecoder.Decode(frame.Bytes, frame.LinkType, ref headers) == DecodeStatus.Tcp);
            return new Frame(frame.Bytes, frame.Timestamp, headers);
        }
    }

    private sealed record Frame(byte[] Bytes, long Time, DecodedFrame Headers)
    {
        public CapturedFrame Captured => new(Bytes, Time, Bytes.Length, LinkType.Ethernet);
    }
}
