using CsCheck;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Shards;

/// <summary>The event does not depend on how the bytes of its session were cut, ordered or repeated.</summary>
public class ShardInvarianceTests
{
    private static readonly string Expected = Replay.Of(Conversation(1460)).Essence();

    [Fact]
    public void Any_cutting_gives_the_same_event()
    {
        for (int size = 1; size < 160; size++)
        {
            Assert.Equal(Expected, Replay.Of(Conversation(size)).Essence());
        }
    }

    [Fact]
    public void N14_every_segment_twice_gives_the_same_event()
    {
        foreach (int size in new[] { 1, 7, 100, 1460 })
        {
            Assert.Equal(Expected, Replay.Of(Conversation(size).EachTwice()).Essence());
        }
    }

    [Fact]
    public void N14_every_flight_reversed_gives_the_same_event()
    {
        foreach (int size in new[] { 1, 7, 40 })
        {
            TcpConversation conversation = Conversation(size);
            Assert.Equal(Expected, Replay.Of(conversation.With(Flights(conversation.Segments).SelectMany(flight => flight.AsEnumerable().Reverse()))).Essence());
        }
    }

    [Fact]
    public void Any_order_within_bounds_with_repetition_and_equal_overlap_gives_the_same_event() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int, Gen.Int[1, 6], Gen.Bool).Sample(
            (size, seed, distance, twice) =>
            {
                TcpConversation conversation = Overlapped(Conversation(size), seed);
                conversation = twice ? conversation.EachTwice() : conversation;
                List<List<TcpConversationSegment>> flights = Flights(conversation.Segments);
                conversation.With(flights.SelectMany(flight => new TcpConversation().With(flight).Shuffle(seed, distance).Segments));
                Assert.Equal(Expected, Replay.Of(conversation).Essence());
            },
            seed: "0000KhuBUHlv",
            iter: 300);

    [Fact]
    public void Conflicting_repetitions_of_what_was_read_change_nothing()
    {
        TcpConversation conversation = Conversation(100);
        conversation.With(conversation.Segments.SelectMany(segment => segment.Payload.Length == 0
            ? [segment]
            : new[] { segment, segment with { Payload = [.. segment.Payload.Select(octet => (byte)~octet)] } }));
        Assert.Equal(Expected, Replay.Of(conversation).Essence());
    }

    private static TcpConversation Conversation(int size) => new TcpConversation { SegmentSize = size }.Open().Handshake(padding: 300);

    /// <summary>Some segments also carry the end of the segment before them.</summary>
    private static TcpConversation Overlapped(TcpConversation conversation, int seed)
    {
        Random random = new(seed);
        TcpConversationSegment? before = null;
        return conversation.With(conversation.Segments.Select(segment =>
        {
            TcpConversationSegment? previous = before;
            before = segment;
            if (previous is null || previous.FromClient != segment.FromClient || previous.Payload.Length == 0 || segment.Payload.Length == 0)
            {
                return segment;
            }

            int overlap = random.Next(previous.Payload.Length + 1);
            return segment with { Sequence = segment.Sequence - (uint)overlap, Payload = [.. previous.Payload[^overlap..], .. segment.Payload] };
        }).ToList());
    }

    private static List<List<TcpConversationSegment>> Flights(IEnumerable<TcpConversationSegment> segments)
    {
        List<List<TcpConversationSegment>> flights = [];
        foreach (TcpConversationSegment segment in segments)
        {
            if (flights.Count == 0 || flights[^1][^1].FromClient != segment.FromClient)
            {
                flights.Add([]);
            }

            flights[^1].Add(segment);
        }

        return flights;
    }
}
