using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Engine;

/// <summary>Conversations of many kinds, interleaved in time. The same seed gives the same frames.</summary>
internal static class Mix
{
    /// <summary>Clients' ports begin here; servers' are below.</summary>
    public const ushort FirstClientPort = 1024;

    private const long Millisecond = 1_000_000;

    private static readonly Func<ushort, Random, TcpConversation>[] Kinds =
    [
        Whole, Whole, Whole, OverIpv6, Bulky, Reset, TimedOut, LongSilence, MidStream, ServerSideOnly, NoTls, Reordered, HalfOpen, EachTwice, Unfinished, AfterSilence,
    ];

    /// <summary>Conversations of all kinds; some ports are used again, and again.</summary>
    public static RecordedFrame[] OfAllKinds(int seed, int conversations)
    {
        Random random = new(seed);
        List<RecordedFrame> frames = [];
        for (int i = 0; i < conversations; i++)
        {
            ushort port = (ushort)(FirstClientPort + (random.Next(4) == 0 ? random.Next(Math.Max(1, i)) : i));
            frames.AddRange(Kinds[random.Next(Kinds.Length)](port, random).Build(TcpConversation.Start + random.Next(400_000) * Millisecond));
        }

        return [.. frames.OrderBy(frame => frame.Timestamp)];
    }

    /// <summary>Whole sessions, each with its own port and one event, so many open at a time.</summary>
    public static IEnumerable<RecordedFrame> OfSessions(int count, int openAtATime = 20, int first = 0)
    {
        for (int start = first; start < first + count; start += openAtATime)
        {
            RecordedFrame[][] together =
            [
                .. Enumerable.Range(start, Math.Min(openAtATime, first + count - start))
                    .Select(i => Session(i).Build(TcpConversation.Start + start * Millisecond)),
            ];
            for (int frame = 0; frame < together[0].Length; frame++)
            {
                foreach (RecordedFrame[] session in together)
                {
                    yield return session[frame];
                }
            }
        }
    }

    /// <summary>Two million sessions have their own ports.</summary>
    public static TcpConversation Session(int index)
    {
        const int clientPorts = ushort.MaxValue - FirstClientPort;
        return new TcpConversation((ushort)(FirstClientPort + index % clientPorts), (ushort)(443 + index / clientPorts), (uint)index * 77).Session(index);
    }

    private static TcpConversation New(ushort port, Random random) => new(port, 443, (uint)random.Next(), (uint)random.Next());

    private static TcpConversation Whole(ushort port, Random random) => New(port, random).Session(random.Next());

    private static TcpConversation OverIpv6(ushort port, Random random) =>
        new TcpConversation(port, 443, (uint)random.Next(), (uint)random.Next(), ipv6: true).Session(random.Next());

    private static TcpConversation Bulky(ushort port, Random random)
    {
        TcpConversation conversation = New(port, random).Open().Handshake(random.Next());
        for (int i = 0; i < 200; i++)
        {
            conversation.Send(i % 2 == 0, TcpConversationTls.Data);
        }

        return conversation.Close();
    }

    private static TcpConversation Reset(ushort port, Random random) =>
        New(port, random).Open().Send(true, TcpConversationTls.ClientHello(random.Next())).Rst(false).Ack(true);

    private static TcpConversation TimedOut(ushort port, Random random) =>
        New(port, random).Open().Send(true, TcpConversationTls.ClientHello(random.Next())).Pause(TimeSpan.FromSeconds(25)).Ack(false).Close();

    private static TcpConversation LongSilence(ushort port, Random random) => New(port, random).Open().Handshake(random.Next())
        .Send(true, TcpConversationTls.Data).Pause(TimeSpan.FromSeconds(100)).Send(false, TcpConversationTls.Data)
        .Pause(TimeSpan.FromSeconds(150)).Send(true, TcpConversationTls.Data).Close();

    private static TcpConversation MidStream(ushort port, Random random)
    {
        TcpConversation conversation = New(port, random).Session(random.Next());
        conversation.Segments.RemoveRange(0, random.Next(1, 6));
        return conversation;
    }

    /// <summary>The same port again, at once: only the SYN-ACK tells that it is another connection.</summary>
    private static TcpConversation ServerSideOnly(ushort port, Random random)
    {
        TcpConversation first = New(port, random).Session(random.Next()), second = New(port, random).Session(random.Next());
        return first.With(first.Segments.Concat(second.Segments).Where(segment => !segment.FromClient));
    }

    private static TcpConversation NoTls(ushort port, Random random)
    {
        TcpConversation conversation = New(port, random).Open();
        for (int i = 0; i < 40; i++)
        {
            conversation.Send(i % 2 == 0, new byte[1400]);
        }

        return conversation.Close();
    }

    private static TcpConversation Reordered(ushort port, Random random)
    {
        TcpConversation conversation = New(port, random);
        conversation.SegmentSize = 40;
        return conversation.Session(random.Next()).Shuffle(random.Next(), 4);
    }

    private static TcpConversation HalfOpen(ushort port, Random random) => New(port, random).Syn().SynAck();

    private static TcpConversation EachTwice(ushort port, Random random) => New(port, random).Session(random.Next()).EachTwice();

    private static TcpConversation Unfinished(ushort port, Random random) => New(port, random).Open().Send(true, TcpConversationTls.ClientHello(random.Next()));

    /// <summary>So long after its opening that nobody remembers it.</summary>
    private static TcpConversation AfterSilence(ushort port, Random random) =>
        New(port, random).Open().Pause(TimeSpan.FromSeconds(45)).Handshake(random.Next()).Close();
}
