using System.Buffers.Binary;

namespace TlsAppliance.LoadTest.Send;

/// <summary>
/// Moves the addresses of a frame, so that each pass of a capture has connections of its own, as <c>--unique-flows</c> of a replay does it without touching the
/// bytes. Ethernet with VLAN tags; what a tunnel carries inside stays as it is. Checksums stay as right, or as wrong, as they were (RFC 1624).
/// </summary>
internal static class FrameDisplacement
{
    private const int EtherTypeOffset = 12;
    private const int TagLength = 4;
    private const int EtherTypeIpv4 = 0x0800;
    private const int EtherTypeIpv6 = 0x86DD;
    private const int Ipv4HeaderLength = 20;
    private const int Ipv6HeaderLength = 40;
    private const int FragmentOffsetMask = 0x1FFF;
    private const byte Tcp = 6;
    private const byte Udp = 17;

    /// <param name="frame">Changed in place.</param>
    /// <param name="distance">Is added to both addresses.</param>
    public static void Apply(Span<byte> frame, int distance)
    {
        int offset = EtherTypeOffset;
        while (offset + sizeof(ushort) <= frame.Length)
        {
            int type = BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]);
            Span<byte> rest = frame[(offset + sizeof(ushort))..];
            switch (type)
            {
                case 0x8100 or 0x88A8 or 0x9100:
                    offset += TagLength;
                    continue;
                case EtherTypeIpv4:
                    MoveIpv4(rest, distance);
                    return;
                case EtherTypeIpv6:
                    MoveIpv6(rest, distance);
                    return;
                default:
                    return;
            }
        }
    }

    private static void MoveIpv4(Span<byte> datagram, int distance)
    {
        const int checksum = 10, addresses = 12, fragment = 6, protocol = 9;
        if (datagram.Length < Ipv4HeaderLength)
        {
            return;
        }

        uint change = Move(datagram.Slice(addresses, 4), distance) + Move(datagram.Slice(addresses + 4, 4), distance);
        Adjust(datagram[checksum..], change);
        int header = (datagram[0] & 0xF) * 4;
        if ((BinaryPrimitives.ReadUInt16BigEndian(datagram[fragment..]) & FragmentOffsetMask) == 0 && header <= datagram.Length)
        {
            AdjustTransport(datagram[protocol], datagram[header..], change);
        }
    }

    private static void MoveIpv6(Span<byte> datagram, int distance)
    {
        const int addresses = 8, length = 16, nextHeader = 6;
        if (datagram.Length < Ipv6HeaderLength)
        {
            return;
        }

        uint change = Move(datagram.Slice(addresses, length), distance) + Move(datagram.Slice(addresses + length, length), distance);
        AdjustTransport(datagram[nextHeader], datagram[Ipv6HeaderLength..], change);
    }

    /// <summary>Adds to the low 32 bits of an address.</summary>
    /// <returns>What that adds to a sum of 16-bit words in ones' complement, not folded.</returns>
    private static uint Move(Span<byte> address, int distance)
    {
        Span<byte> low = address[^sizeof(uint)..];
        uint old = BinaryPrimitives.ReadUInt32BigEndian(low);
        uint moved = old + (uint)distance;
        BinaryPrimitives.WriteUInt32BigEndian(low, moved);
        return Words(~old) + Words(moved);
    }

    private static uint Words(uint value) => (value >> 16) + (value & 0xFFFF);

    private static void AdjustTransport(byte protocol, Span<byte> transport, uint change)
    {
        const int tcpChecksum = 16, udpChecksum = 6;
        if (protocol == Tcp && transport.Length >= tcpChecksum + sizeof(ushort))
        {
            Adjust(transport[tcpChecksum..], change);
        }
        else if (protocol == Udp && transport.Length >= udpChecksum + sizeof(ushort) && (transport[udpChecksum] | transport[udpChecksum + 1]) != 0)
        {
            // Zero says that the sender computed none (RFC 768).
            Adjust(transport[udpChecksum..], change);
        }
    }

    private static void Adjust(Span<byte> checksum, uint change)
    {
        uint sum = (ushort)~BinaryPrimitives.ReadUInt16BigEndian(checksum) + change;
        sum = Words(Words(sum));
        BinaryPrimitives.WriteUInt16BigEndian(checksum, (ushort)~sum);
    }
}
