using System.Buffers.Binary;
using TlsAppliance.Network.Headers;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Testing.Conversations;

/// <summary>
/// Writes TCP conversations as Ethernet frames with times: in any cutting, order, repetition, overlap or loss. The same calls give the same bytes.
/// </summary>
public sealed class TcpConversation
{
    /// <summary>Time of the first frame, ns since 1970.</summary>
    public const long Start = 1_700_000_000_000_000_000;

    private const int EthernetLength = 14;
    private const int TcpLength = 20;

    private readonly byte[] _client;
    private readonly byte[] _server;
    private uint _clientNext, _serverNext;

    public TcpConversation(ushort clientPort = 40_000, ushort serverPort = 443, uint clientNumber = 1000, uint serverNumber = 900_000_000, bool ipv6 = false)
    {
        (ClientPort, ServerPort) = (clientPort, serverPort);
        (ClientNumber, ServerNumber) = (clientNumber, serverNumber);
        (_clientNext, _serverNext) = (clientNumber, serverNumber);
        _client = ipv6 ? [0x20, 1, 0xD, 0xB8, .. new byte[11], 1] : [10, 0, 0, 1];
        _server = ipv6 ? [0x20, 1, 0xD, 0xB8, .. new byte[11], 2] : [192, 0, 2, 2];
    }

    public ushort ClientPort { get; }

    public ushort ServerPort { get; }

    /// <summary>Initial sequence numbers: those of the SYNs.</summary>
    public uint ClientNumber { get; }

    /// <inheritdoc cref="ClientNumber"/>
    public uint ServerNumber { get; }

    /// <summary>Longest payload that <see cref="Send"/> puts into one segment.</summary>
    public int SegmentSize { get; set; } = 1460;

    /// <summary>What was said so far; to be reordered, repeated and dropped at will.</summary>
    public List<TcpConversationSegment> Segments { get; private set; } = [];

    /// <summary>The last segment.</summary>
    public TcpConversationSegment Last => Segments[^1];

    public TcpConversation Syn(byte[]? payload = null) => Add(true, TcpFlags.Syn, payload);

    public TcpConversation SynAck() => Add(false, TcpFlags.Syn | TcpFlags.Ack);

    public TcpConversation Ack(bool fromClient) => Add(fromClient, TcpFlags.Ack);

    /// <summary>SYN, SYN-ACK, ACK.</summary>
    public TcpConversation Open() => Syn().SynAck().Ack(fromClient: true);

    /// <summary>Payload, cut to <see cref="SegmentSize"/>.</summary>
    public TcpConversation Send(bool fromClient, params ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            int taken = Math.Min(SegmentSize, payload.Length);
            Add(fromClient, TcpFlags.Ack | TcpFlags.Psh, payload[..taken].ToArray());
            payload = payload[taken..];
        }

        return this;
    }

    public TcpConversation Fin(bool fromClient) => Add(fromClient, TcpFlags.Fin | TcpFlags.Ack);

    public TcpConversation Rst(bool fromClient) => Add(fromClient, TcpFlags.Rst | TcpFlags.Ack);

    /// <summary>FIN of both sides and the last acknowledgment.</summary>
    public TcpConversation Close() => Fin(fromClient: true).Fin(fromClient: false).Ack(fromClient: true);

    /// <summary>A segment that does not move the numbers: forged, repeated, out of place.</summary>
    public TcpConversation Forge(TcpConversationSegment segment)
    {
        Segments.Add(segment);
        return this;
    }

    /// <summary>Changes the last segment.</summary>
    public TcpConversation Change(Func<TcpConversationSegment, TcpConversationSegment> change)
    {
        Segments[^1] = change(Segments[^1]);
        return this;
    }

    /// <summary>Time between the last segment and the next.</summary>
    public TcpConversation Pause(TimeSpan time)
    {
        _pause += time.Ticks * TimeSpan.NanosecondsPerTick;
        return this;
    }

    private long _pause;

    /// <summary>Everything again, right behind each segment, as a mirror of both directions of two ports does.</summary>
    public TcpConversation EachTwice() => With(Segments.SelectMany(segment => new[] { segment, segment with { Pause = 1000 } }));

    /// <summary>Any other list of the segments.</summary>
    public TcpConversation With(IEnumerable<TcpConversationSegment> segments)
    {
        Segments = [.. segments];
        return this;
    }

    /// <summary>Moves each segment by fewer than <paramref name="distance"/> places.</summary>
    public TcpConversation Shuffle(int seed, int distance)
    {
        Random random = new(seed);
        return With(Segments.Select((segment, index) => (segment, place: index + random.Next(distance))).OrderBy(pair => pair.place).Select(pair => pair.segment));
    }

    /// <summary>The frames in the order of <see cref="Segments"/>.</summary>
    public RecordedFrame[] Build(long start = Start)
    {
        long time = start;
        List<RecordedFrame> frames = [];
        foreach (TcpConversationSegment segment in Segments)
        {
            time += frames.Count == 0 ? 0 : segment.Pause;
            byte[] frame = Frame(segment);
            frames.Add(new RecordedFrame(frame[..^segment.Cut], segment.Timestamp ?? time, frame.Length));
        }

        return [.. frames];
    }

    private TcpConversation Add(bool fromClient, TcpFlags flags, byte[]? payload = null)
    {
        payload ??= [];
        ref uint next = ref fromClient ? ref _clientNext : ref _serverNext;
        uint acknowledged = (flags & TcpFlags.Ack) == 0 ? 0 : fromClient ? _serverNext : _clientNext;
        Segments.Add(new TcpConversationSegment(fromClient, next, acknowledged, flags, payload) { Pause = 1_000_000 + _pause });
        _pause = 0;
        next += (uint)payload.Length + ((flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1u : 0);
        return this;
    }

    private byte[] Frame(TcpConversationSegment segment)
    {
        int tag = segment.Vlan is null ? 0 : 4;
        int ip = _client.Length == 4 ? 20 : 40;
        byte[] frame = new byte[EthernetLength + tag + ip + TcpLength + segment.Options.Length + segment.Payload.Length];
        frame[5] = segment.FromClient ? (byte)2 : (byte)1;
        frame[11] = segment.FromClient ? (byte)1 : (byte)2;
        int etherType = _client.Length == 4 ? 0x0800 : 0x86DD;
        if (segment.Vlan is { } vlan)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x8100);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(14), vlan);
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12 + tag), (ushort)etherType);
        WriteIp(frame.AsSpan(EthernetLength + tag), segment);
        WriteTcp(frame.AsSpan(EthernetLength + tag + ip), segment);
        return frame;
    }

    private void WriteIp(Span<byte> packet, TcpConversationSegment segment)
    {
        byte[] source = segment.FromClient ? _client : _server, destination = segment.FromClient ? _server : _client;
        if (source.Length == 4)
        {
            packet[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
            packet[8] = 64;
            packet[9] = 6;
            source.CopyTo(packet[12..]);
            destination.CopyTo(packet[16..]);
            return;
        }

        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - 40));
        packet[6] = 6;
        packet[7] = 64;
        source.CopyTo(packet[8..]);
        destination.CopyTo(packet[24..]);
    }

    private void WriteTcp(Span<byte> header, TcpConversationSegment segment)
    {
        BinaryPrimitives.WriteUInt16BigEndian(header, segment.FromClient ? ClientPort : ServerPort);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], segment.FromClient ? ServerPort : ClientPort);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], segment.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], segment.Acknowledgment);
        header[12] = (byte)((TcpLength + segment.Options.Length) / 4 << 4);
        header[13] = (byte)segment.Flags;
        BinaryPrimitives.WriteUInt16BigEndian(header[14..], 64_000);
        segment.Options.CopyTo(header[TcpLength..]);
        segment.Payload.CopyTo(header[(TcpLength + segment.Options.Length)..]);
    }
}
