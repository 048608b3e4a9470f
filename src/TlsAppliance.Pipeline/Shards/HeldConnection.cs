using System.Buffers;
using System.Buffers.Binary;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>
/// What is held of an open connection, as the frames of a small conversation: both openings, then the held bytes in their places. Replayed, they bring a shard to about where the
/// connection stood. Bare IP packets; carriers are not told, and TCP checksums are left zero.
/// </summary>
internal sealed class HeldConnection : IHeldBytes
{
    private const int Ipv4Length = 20;
    private const int Ipv6Length = 40;
    private const int TcpLength = 20;
    private const int AddressLength = 16;
    private const byte TcpProtocol = 6;
    private const byte TimeToLive = 64;
    private const byte TcpHeaderWords = TcpLength / 4 << 4;
    private const int LongestPayload = 16 * 1024;

    private readonly FlowKey _key;
    private readonly long _time;
    private readonly List<HeldFrame> _frames = [];

    /// <summary>The number behind what each side has sent so far: the higher endpoint, then the lower.</summary>
    private readonly TcpSequence[] _ends = new TcpSequence[2];
    private bool _fromLow;

    private HeldConnection(in FlowKey key, long time) => (_key, _time) = (key, time);

    public static IReadOnlyList<HeldFrame> Frames(in FlowKey key, TlsFlow flow)
    {
        var connection = new HeldConnection(key, flow.LastTime);
        (byte[] originator, byte[] responder) = (Waiting(flow, true), Waiting(flow, false));
        connection.Open(flow, flow.OriginatorIsLow, originator.Length, TcpFlags.Syn);
        connection.Open(flow, !flow.OriginatorIsLow, responder.Length, TcpFlags.Syn | TcpFlags.Ack);
        connection.Tell(flow, flow.OriginatorIsLow, originator);
        connection.Tell(flow, !flow.OriginatorIsLow, responder);
        return connection._frames;
    }

    void IHeldBytes.OnHeld(TcpSequence sequence, ReadOnlySpan<byte> bytes) => Add(sequence, TcpFlags.Ack | TcpFlags.Psh, bytes);

    /// <summary>What was read already, up to the stream's next byte.</summary>
    private static byte[] Waiting(TlsFlow flow, bool fromOriginator)
    {
        var bytes = new ArrayBufferWriter<byte>();
        flow.Tracker?.WriteHeld(fromOriginator, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private void Open(TlsFlow flow, bool low, int waiting, TcpFlags flags)
    {
        _fromLow = low;
        if (flow.Stream(low).IsPlaced)
        {
            Add(flow.Stream(low).Next + (-waiting - 1), flags, default);
        }
    }

    private void Tell(TlsFlow flow, bool low, byte[] waiting)
    {
        _fromLow = low;
        Add(flow.Stream(low).Next + -waiting.Length, TcpFlags.Ack | TcpFlags.Psh, waiting);
        StreamReassembler.TellHeld(flow.Stream(low), this);
    }

    private void Add(TcpSequence sequence, TcpFlags flags, ReadOnlySpan<byte> bytes)
    {
        if ((flags & TcpFlags.Syn) != 0)
        {
            _frames.Add(new HeldFrame(Packet(sequence, flags, default), _time, LinkType.Raw));
            _ends[_fromLow ? 1 : 0] = sequence + 1;
            return;
        }

        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, LongestPayload)..])
        {
            ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, LongestPayload)];
            _frames.Add(new HeldFrame(Packet(sequence, flags, part), _time, LinkType.Raw));
            sequence += part.Length;
            _ends[_fromLow ? 1 : 0] = sequence;
        }
    }

    private byte[] Packet(TcpSequence sequence, TcpFlags flags, ReadOnlySpan<byte> payload)
    {
        int header = _key.IpVersion == 4 ? Ipv4Length : Ipv6Length;
        byte[] packet = new byte[header + TcpLength + payload.Length];
        Span<byte> source = stackalloc byte[AddressLength], destination = stackalloc byte[AddressLength];
        BinaryPrimitives.WriteUInt128BigEndian(source, _fromLow ? _key.LowAddress : _key.HighAddress);
        BinaryPrimitives.WriteUInt128BigEndian(destination, _fromLow ? _key.HighAddress : _key.LowAddress);
        if (_key.IpVersion == 4)
        {
            WriteIpv4(packet, source[12..], destination[12..]);
        }
        else
        {
            WriteIpv6(packet, source, destination);
        }

        Span<byte> tcp = packet.AsSpan(header);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, _fromLow ? _key.LowPort : _key.HighPort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], _fromLow ? _key.HighPort : _key.LowPort);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence.Value);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], (flags & TcpFlags.Ack) == 0 ? 0 : _ends[_fromLow ? 0 : 1].Value);
        (tcp[12], tcp[13]) = (TcpHeaderWords, (byte)flags);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue);
        payload.CopyTo(tcp[TcpLength..]);
        return packet;
    }

    private static void WriteIpv4(Span<byte> packet, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination)
    {
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        (packet[8], packet[9]) = (TimeToLive, TcpProtocol);
        source.CopyTo(packet[12..]);
        destination.CopyTo(packet[16..]);
        uint sum = 0;
        for (int i = 0; i < Ipv4Length; i += sizeof(ushort))
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(packet[i..]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], (ushort)~(sum + (sum >> 16)));
    }

    private static void WriteIpv6(Span<byte> packet, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination)
    {
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - Ipv6Length));
        (packet[6], packet[7]) = (TcpProtocol, TimeToLive);
        source.CopyTo(packet[8..]);
        destination.CopyTo(packet[24..]);
    }
}
