using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Survey;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Survey;

public class SpanSurveyTests
{
    /// <summary>10.0.0.1, the client of every conversation.</summary>
    private static readonly UInt128 s_client = new(0, 0x0000_FFFF_0A00_0001);

    [Fact]
    public void Two_way_sessions_are_counted_as_such()
    {
        SpanFigures figures = Survey(Sessions(20));
        Assert.Equal((20, 20, 0, 0), (figures.Connections, figures.JudgedConnections, figures.OneWayConnections, figures.Duplicates));
        Assert.Equal((20, 20), (figures.ClientHellos, figures.ServerHellos));
        Assert.Equal(0, figures.UnseenBytes);
        Assert.Equal(figures.Frames, figures.TcpFrames);
    }

    [Fact]
    public void One_direction_alone_is_seen_from_its_acknowledgments()
    {
        SpanFigures figures = Survey(Sessions(20, segment => segment.FromClient));
        Assert.Equal((20, 20, 20), (figures.Connections, figures.JudgedConnections, figures.OneWayConnections));
        Assert.Equal((20, 0), (figures.ClientHellos, figures.ServerHellos));
        Assert.True(figures.UnseenBytes > 0);
    }

    [Fact]
    public void A_scan_that_nobody_answers_is_not_one_way()
    {
        RecordedFrame[] scan = [.. Enumerable.Range(1, 50).SelectMany(port => new TcpConversation(serverPort: (ushort)port).Syn().Build())];
        SpanFigures figures = Survey(scan);
        Assert.Equal((50, 0, 0), (figures.Connections, figures.JudgedConnections, figures.OneWayConnections));
    }

    [Fact]
    public void Every_segment_twice_is_half_copies()
    {
        RecordedFrame[] twice = [.. Enumerable.Range(0, 10).SelectMany(i => new TcpConversation((ushort)(40_000 + i)).Session(i).EachTwice().Build())];
        SpanFigures figures = Survey(twice);
        Assert.Equal(figures.Segments, figures.Duplicates * 2);
        Assert.Equal(0, figures.UnseenBytes);
    }

    [Fact]
    public void A_copy_in_another_vlan_is_a_copy()
    {
        TcpConversation plain = new TcpConversation().Session();
        SpanFigures figures = Survey([.. plain.With(plain.Segments.SelectMany(segment => new[] { segment, segment with { Vlan = 7, Pause = 1000 } })).Build()]);
        Assert.Equal(figures.Segments, figures.Duplicates * 2);
        Assert.True(figures.TaggedFrames > 0);
    }

    [Fact]
    public void A_retransmission_after_its_timeout_is_not_a_copy()
    {
        TcpConversation conversation = new TcpConversation().Session();
        SpanFigures figures = Survey([.. conversation.With(conversation.Segments.SelectMany(segment => new[] { segment, segment with { Pause = 300_000_000 } })).Build()]);
        Assert.Equal(0, figures.Duplicates);
    }

    [Fact]
    public void Lost_segments_are_acknowledged_and_unseen()
    {
        int taken = 0;
        long lost = 0;
        RecordedFrame[] lossy = Sessions(20, segment =>
        {
            bool drop = !segment.FromClient && segment.Payload.Length > 0 && ++taken % 5 == 0;
            lost += drop ? segment.Payload.Length : 0;
            return !drop;
        });
        SpanFigures figures = Survey(lossy);
        Assert.True(lost > 0);
        Assert.Equal(lost, figures.UnseenBytes);
    }

    [Fact]
    public void This_boxs_own_connections_are_told_apart()
    {
        Assert.Equal(20, Survey(Sessions(20), s_client).OwnConnections);
        Assert.Equal(0, Survey(Sessions(20), 1).OwnConnections);
    }

    private static RecordedFrame[] Sessions(int count, Func<TcpConversationSegment, bool>? isSeen = null) =>
    [
        .. Enumerable.Range(0, count).SelectMany(i =>
        {
            TcpConversation conversation = new TcpConversation((ushort)(40_000 + i)).Session(i).Send(fromClient: true, new byte[2000]).Send(fromClient: false, new byte[9000])
                .Ack(fromClient: true).Close().Ack(fromClient: false);
            return conversation.With(conversation.Segments.Where(segment => isSeen?.Invoke(segment) ?? true)).Build();
        }),
    ];

    private static SpanFigures Survey(RecordedFrame[] frames, params UInt128[] own)
    {
        var survey = new SpanSurvey(own.ToHashSet());
        using var source = new BlockSource(frames);
        while (source.TryRead(out FrameRun run))
        {
            survey.Look(run);
            run.Block.Release();
        }

        return survey.Figures();
    }
}
