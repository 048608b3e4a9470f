using System.Buffers.Binary;
using System.Net;
using PacketDotNet;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Frames;
using TcpFlags = TlsAppliance.Network.Headers.TcpFlags;

namespace TlsAppliance.Network.Tests.Frames;

/// <summary>A second opinion on the plain frames, in both directions: what the builder builds and what the decoder reads.</summary>
public class PacketDotNetTests
{
    [Fact]
    public void Agrees_about_plain_tcp_frames()
    {
        Random random = new(42);
        for (int round = 0; round < 500; round++)
        {
            byte[] frame = RandomFrame(random);
            DecodedFrame decoded = default;
            Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(frame, LinkType.Ethernet, ref decoded));

            Packet packet = Packet.ParsePacket(LinkLayers.Ethernet, [.. frame]);
            IPPacket ip = packet.Extract<IPPacket>();
            TcpPacket tcp = packet.Extract<TcpPacket>();
            IpAddress source = Address(ip.SourceAddress), destination = Address(ip.DestinationAddress);
            Assert.Equal(
                decoded.SourceIsLow ? (source, destination) : (destination, source),
                (decoded.Key.LowAddress, decoded.Key.HighAddress));
            Assert.Equal(
                decoded.SourceIsLow ? (tcp.SourcePort, tcp.DestinationPort) : (tcp.DestinationPort, tcp.SourcePort),
                (decoded.Key.LowPort, decoded.Key.HighPort));
            Assert.Equal(
                (tcp.SequenceNumber, tcp.AcknowledgmentNumber, tcp.WindowSize, (byte)tcp.Flags),
                (decoded.SequenceNumber, decoded.AcknowledgmentNumber, decoded.Window, (byte)decoded.Flags));
            Assert.Equal(tcp.PayloadData ?? [], frame[decoded.PayloadOffset..(decoded.PayloadOffset + decoded.PayloadLength)]);
            Assert.Equal(packet.Extract<Ieee8021QPacket>()?.VlanIdentifier ?? DecodedFrame.NoVlan, decoded.OuterVlan);
            Assert.True(tcp.ValidChecksum);
            Assert.True(ip is not IPv4Packet { ValidIPChecksum: false });
        }
    }

    [Fact]
    public void Agrees_about_udp_lengths_and_checksums()
    {
        byte[] frame = new FrameBuilder().Ethernet().Ipv6().Udp(1000, 2000).Payload([1, 2, 3]).Build();
        UdpPacket udp = Packet.ParsePacket(LinkLayers.Ethernet, frame).Extract<UdpPacket>();
        Assert.True(udp.ValidChecksum);
        Assert.Equal(11, udp.Length);
    }

    private static byte[] RandomFrame(Random random)
    {
        FrameBuilder builder = new FrameBuilder().Ethernet();
        if (random.Next(2) == 0)
        {
            builder.Vlan((ushort)random.Next(1, 4095));
        }

        byte[] addresses = new byte[32];
        random.NextBytes(addresses);
        int length = random.Next(2) == 0 ? 4 : 16;
        builder.Ip(new IPAddress(addresses.AsSpan(0, length)).ToString(), new IPAddress(addresses.AsSpan(16, length)).ToString());

        byte[] payload = new byte[random.Next(200)];
        random.NextBytes(payload);
        TcpFlags flags = (TcpFlags)random.Next(256) & ~TcpFlags.Urg;
        byte[] options = [.. Enumerable.Repeat((byte)1, random.Next(11) * 4)];
        return builder.Tcp(
            random.Next(65536), random.Next(65536), (uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32), flags,
            (ushort)random.Next(65536), options).Payload(payload).Build();
    }

    private static IpAddress Address(IPAddress address) => BinaryPrimitives.ReadUInt128BigEndian(address.MapToIPv6().GetAddressBytes());
}
