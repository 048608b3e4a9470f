using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;
using TlsAppliance.Testing.Frames;

namespace TlsAppliance.Corpus.Tests.Invariance;

/// <summary>One way in which a session may have come to be recorded.</summary>
internal sealed record Recording
{
    private const string ClientAddress = "10.0.0.1";
    private const string ServerAddress = "192.0.2.2";

    /// <summary>Longest payload of a segment.</summary>
    public int SegmentSize { get; init; } = 1460;

    /// <summary>Segments of one flight move by fewer places than this.</summary>
    public int Distance { get; init; } = 1;

    /// <summary>Every segment comes twice.</summary>
    public bool Twice { get; init; }

    /// <summary>Segments also carry a part of the one before.</summary>
    public bool Overlaps { get; init; }

    public int Seed { get; init; }

    public Encapsulation Encapsulation { get; init; } = Encapsulation.All[0];

    public CaptureReplay Replay(IEnumerable<Flight> flights) => CaptureReplay.Of(Frames(flights), Encapsulation.LinkType);

    private IEnumerable<RecordedFrame> Frames(IEnumerable<Flight> flights)
    {
        TcpConversation conversation = new TcpConversation { SegmentSize = SegmentSize }.Open();
        Random random = new(Seed);
        foreach (Flight flight in flights)
        {
            int before = conversation.Segments.Count;
            conversation.Send(flight.FromClient, flight.Bytes);
            conversation.With([.. conversation.Segments[..before], .. Disturb(conversation.Segments[before..], random)]);
        }

        long time = TcpConversation.Start;
        foreach (TcpConversationSegment segment in conversation.Segments)
        {
            yield return new RecordedFrame(Frame(conversation, segment), time);
            time += segment.Pause;
        }
    }

    private IEnumerable<TcpConversationSegment> Disturb(List<TcpConversationSegment> flight, Random random)
    {
        IEnumerable<TcpConversationSegment> segments = Overlaps ? Overlap(flight, random) : flight;
        segments = segments.Select((segment, index) => (segment, place: index + random.Next(Distance))).OrderBy(pair => pair.place).Select(pair => pair.segment);
        return Twice ? segments.SelectMany(segment => new[] { segment, segment }) : segments;
    }

    private static List<TcpConversationSegment> Overlap(List<TcpConversationSegment> flight, Random random) =>
    [
        .. flight.Select((segment, index) =>
        {
            byte[] before = index == 0 ? [] : flight[index - 1].Payload;
            int shared = random.Next(before.Length + 1);
            return segment with { Sequence = segment.Sequence - (uint)shared, Payload = [.. before[^shared..], .. segment.Payload] };
        }),
    ];

    private byte[] Frame(TcpConversation conversation, TcpConversationSegment segment)
    {
        FrameBuilder frame = Encapsulation.Outside(new FrameBuilder());
        frame = segment.FromClient ? frame.Ipv4(ClientAddress, ServerAddress) : frame.Ipv4(ServerAddress, ClientAddress);
        (ushort from, ushort to) = segment.FromClient ? (conversation.ClientPort, conversation.ServerPort) : (conversation.ServerPort, conversation.ClientPort);
        return frame.Tcp(from, to, segment.Sequence, segment.Acknowledgment, segment.Flags).Payload(segment.Payload).Build();
    }
}
