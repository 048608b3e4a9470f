using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Frames;

namespace TlsAppliance.Network.Tests.Frames;

/// <summary>Every frame that is not used has one reason, and what is not read yet is called by its name.</summary>
public class UnusedFrameTests
{
    [Theory]
    [InlineData(0x0806, DecodeStatus.Arp)]
    [InlineData(0x8035, DecodeStatus.Arp)]
    [InlineData(0x88CC, DecodeStatus.Lldp)]
    [InlineData(0x8809, DecodeStatus.Lacp)]
    [InlineData(0x888E, DecodeStatus.Eapol)]
    [InlineData(0x88E5, DecodeStatus.Macsec)]
    [InlineData(0x8863, DecodeStatus.PppoeDiscovery)]
    [InlineData(0x7878, DecodeStatus.UnknownEtherType)]
    public void Ethernet_types(int etherType, DecodeStatus expected) =>
        Assert.Equal(expected, Decode(new FrameBuilder().Ethernet().Header([], etherType: etherType).Payload(new byte[50])));

    [Theory]
    [InlineData(new byte[] { 0x42, 0x42, 0x03, 0, 0 }, DecodeStatus.Stp)]
    [InlineData(new byte[] { 0xAA, 0xAA, 0x03, 0, 0, 0x0C, 0x20, 0 }, DecodeStatus.CiscoSnap)]
    [InlineData(new byte[] { 0xAA, 0xAA, 0x03, 0, 1, 2, 0x20, 0 }, DecodeStatus.LlcOther)]
    [InlineData(new byte[] { 0xFE, 0xFE, 0x03, 0x83 }, DecodeStatus.LlcOther)]
    [InlineData(new byte[] { 0xF0, 0xF0, 0x7F }, DecodeStatus.LlcOther)]
    [InlineData(new byte[] { 0xAA, 0xAA }, DecodeStatus.TruncatedLlc)]
    [InlineData(new byte[] { 0xAA, 0xAA, 0x03, 0, 0 }, DecodeStatus.TruncatedLlc)]
    public void Llc(byte[] llc, DecodeStatus expected) =>
        Assert.Equal(expected, Decode(new FrameBuilder().EthernetWithLength().Payload(llc)));

    [Theory]
    [InlineData(1, DecodeStatus.Icmp)]
    [InlineData(2, DecodeStatus.Igmp)]
    [InlineData(50, DecodeStatus.Esp)]
    [InlineData(58, DecodeStatus.Icmpv6)]
    [InlineData(89, DecodeStatus.Routing)]
    [InlineData(132, DecodeStatus.Sctp)]
    [InlineData(253, DecodeStatus.UnknownIpProtocol)]
    public void Ip_protocols(int protocol, DecodeStatus expected)
    {
        Assert.Equal(expected, Decode(new FrameBuilder().Ethernet().Ipv4().Header([], ipProtocol: protocol).Payload(new byte[40])));
        Assert.Equal(expected, Decode(new FrameBuilder().Ethernet().Ipv6().Header([], ipProtocol: protocol).Payload(new byte[40])));
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0x21, 1 }, DecodeStatus.PppControl)]
    [InlineData(new byte[] { 0x00, 0xFD, 1 }, DecodeStatus.PppCompressed)]
    [InlineData(new byte[] { 0x00, 0x2D, 1 }, DecodeStatus.PppCompressed)]
    [InlineData(new byte[] { 0x00, 0x3D, 0x80, 0, 0, 1 }, DecodeStatus.PppFragment)]
    [InlineData(new byte[] { 0x00, 0x31, 1 }, DecodeStatus.PppOther)]
    [InlineData(new byte[] { 0x00 }, DecodeStatus.TruncatedPpp)]
    [InlineData(new byte[] { 0xFF, 0x03 }, DecodeStatus.TruncatedPpp)]
    public void Ppp_protocols(byte[] ppp, DecodeStatus expected) =>
        Assert.Equal(expected, Decode(new FrameBuilder().Ethernet().Pppoe(1).Payload(ppp)));

    [Theory]
    [InlineData(0x80, 0x00, DecodeStatus.WlanManagement)]
    [InlineData(0xD4, 0x00, DecodeStatus.WlanControl)]
    [InlineData(0x48, 0x01, DecodeStatus.WlanNoData)]
    [InlineData(0x08, 0x41, DecodeStatus.WlanEncrypted)]
    [InlineData(0x08, 0x05, DecodeStatus.WlanFragment)]
    public void Wlan_frames(byte kind, byte flags, DecodeStatus expected) =>
        Assert.Equal(expected, Decode(new FrameBuilder().Header([kind, flags]).Payload(new byte[60]), LinkType.Ieee80211));

    [Fact]
    public void Wlan_fragment_by_its_number()
    {
        byte[] frame = SampleFrame.Named("wlan").Bytes.ToArray();
        frame[22] = 1;
        Assert.Equal(DecodeStatus.WlanFragment, Decode(frame, LinkType.Ieee80211));
    }

    [Theory]
    [InlineData("C0 00000001 08 0102030405060708 00 00 449E", DecodeStatus.QuicInitial)]
    [InlineData("C0 FF00001D 00 08 0102030405060708 00 41", DecodeStatus.QuicInitial)]
    [InlineData("D0 6B3343CF 04 01020304 00 00 41", DecodeStatus.QuicInitial)]
    [InlineData("E0 00000001 04 01020304 00 00 41", DecodeStatus.QuicOther)]
    [InlineData("C0 6B3343CF 04 01020304 00 00 41", DecodeStatus.QuicOther)]
    [InlineData("80 00000000 04 01020304 04 01020304 00000001", DecodeStatus.QuicOther)]
    [InlineData("C3 51303530 50 01020304 0506070800", DecodeStatus.UdpOther)]
    [InlineData("C3 51303530 08 0102030405060708 00 00", DecodeStatus.QuicOther)]
    [InlineData("C0 00000001 15 0102030405060708091011121314151617181920210000", DecodeStatus.UdpOther)]
    [InlineData("40 00000001 08 0102030405060708 00 00 449E", DecodeStatus.UdpOther)]
    [InlineData("16 FEFF 0000 000000000000 0003 010000", DecodeStatus.Dtls)]
    [InlineData("17 FEFD 0001 000000000005 0001 AA", DecodeStatus.Dtls)]
    [InlineData("16 0100 0000 000000000000 0003 010000", DecodeStatus.Dtls)]
    [InlineData("16 0100 0000 010000000000 0003 010000", DecodeStatus.UdpOther)]
    [InlineData("16 FEFD 0000 000000000000 0004 010000", DecodeStatus.UdpOther)]
    [InlineData("13 FEFD 0000 000000000000 0003 010000", DecodeStatus.UdpOther)]
    [InlineData("", DecodeStatus.UdpOther)]
    public void Udp_by_structure_on_any_port(string hex, DecodeStatus expected)
    {
        byte[] payload = Convert.FromHexString(hex.Replace(" ", ""));
        Assert.Equal(expected, Decode(Datagram(40000, 50000, payload)));
    }

    [Theory]
    [InlineData(4789)]
    [InlineData(8472)]
    [InlineData(4790)]
    [InlineData(6081)]
    [InlineData(2152)]
    [InlineData(3544)]
    [InlineData(1701)]
    [InlineData(5247)]
    [InlineData(5072)]
    public void A_tunnel_port_without_the_tunnels_structure_is_plain_udp(int port) =>
        Assert.Equal(DecodeStatus.UdpOther, Decode(Datagram(9999, port, "GET / HTTP/1.1, host and more than enough bytes"u8)));

    [Fact]
    public void Vxlan_with_reserved_bits_is_read_when_ethernet_is_inside()
    {
        byte[] frame = SampleFrame.Named("vxlan").Bytes.ToArray();
        (frame[42], frame[43], frame[49]) = (0xFF, 0xFF, 0xFF);
        Assert.Equal(DecodeStatus.Tcp, Decode(frame));
    }

    [Fact]
    public void Esp_over_udp_but_not_its_key_exchange()
    {
        Assert.Equal(DecodeStatus.Esp, Decode(Datagram(4500, 4500, [.. Enumerable.Repeat((byte)9, 40)])));
        Assert.Equal(DecodeStatus.UdpOther, Decode(Datagram(4500, 4500, new byte[40])));
    }

    [Theory]
    [InlineData("30 02 0000 00000000", 2152, DecodeStatus.TunnelControl)]
    [InlineData("C802 0014 0000 0000 0000 0000", 1701, DecodeStatus.TunnelControl)]
    [InlineData("01000000 16FEFD0000000000000000", 5247, DecodeStatus.TunnelEncrypted)]
    [InlineData("00100208 00000000 00000000", 5247, DecodeStatus.TunnelControl)]
    [InlineData("00100380 00000000 00000000", 5247, DecodeStatus.TunnelFragment)]
    [InlineData("34 FF 0004 00000001 00 00 00 85 00 00 00 00", 2152, DecodeStatus.MalformedTunnel)]
    public void Messages_of_the_tunnels_themselves(string hex, int port, DecodeStatus expected)
    {
        byte[] payload = Convert.FromHexString(hex.Replace(" ", ""));
        Assert.Equal(expected, Decode(Datagram(port, port, payload)));
    }

    [Fact]
    public void Gre_of_an_unknown_version_and_without_content()
    {
        Assert.Equal(DecodeStatus.MalformedTunnel, Decode(Gre([0, 3, 8, 0]).Payload(new byte[40])));
        Assert.Equal(DecodeStatus.TunnelControl, Decode(Gre([0, 0, 0, 0]).Payload(new byte[40])));
        byte[] acknowledgment = [0x20, 0x81, 0x88, 0x0B, 0, 0, 0, 1, 0, 0, 0, 2];
        Assert.Equal(DecodeStatus.TunnelControl, Decode(Gre(acknowledgment)));
    }

    [Fact]
    public void Mpls_without_ip_or_ethernet()
    {
        Assert.Equal(DecodeStatus.MplsOther, Decode(new FrameBuilder().Ethernet().Mpls(9).Payload([0x80, 1, 2, 3, 4, 5])));
        Assert.Equal(DecodeStatus.TunnelControl, Decode(new FrameBuilder().Ethernet().Mpls(9).Payload([0x10, 0, 0, 7, 1, 2])));
    }

    [Fact]
    public void Ip_of_no_known_version() =>
        Assert.Equal(DecodeStatus.MalformedIp, Decode(new FrameBuilder().Payload([0x50, 0, 0, 0]), LinkType.Raw));

    [Fact]
    public void Udp_length_below_its_header()
    {
        byte[] frame = new FrameBuilder().Ethernet().Ipv4().Udp().Payload(new byte[20]).Build();
        frame[14 + 20 + 5] = 7;
        Assert.Equal(DecodeStatus.MalformedUdp, Decode(frame));
    }

    [Theory]
    [InlineData(230)]
    [InlineData(3)]
    [InlineData(65535)]
    public void Unknown_link_types(int linkType) => Assert.Equal(DecodeStatus.UnknownLinkType, Decode(new byte[100], (LinkType)linkType));

    [Fact]
    public void Pseudo_headers_that_contradict_themselves()
    {
        Assert.Equal(DecodeStatus.MalformedLink, Decode([0, 0, 4, 0, 0, 0, 0, 0, 0], LinkType.Ieee80211Radiotap));
        Assert.Equal(DecodeStatus.MalformedLink, Decode([9, 0, 8, 0, 0, 0, 0, 0, 0], LinkType.Ieee80211Radiotap));
        Assert.Equal(DecodeStatus.MalformedLink, Decode([0, 0, 4, 0, 1, 0, 0, 0], LinkType.Ppi));
        Assert.Equal(DecodeStatus.MalformedLink, Decode([2, 0, 0, 0, 3, 0, 9, 0], LinkType.Nflog));
        Assert.Equal(DecodeStatus.MalformedLink, Decode([0x44, 0, 0, 0, 4, 0, 0, 0], LinkType.Ieee80211Prism));
    }

    [Fact]
    public void Ppi_within_ppi_is_bounded()
    {
        FrameBuilder builder = new();
        for (int header = 0; header <= FrameDecoder.MaximumHeaders; header++)
        {
            builder.Ppi(192);
        }

        Assert.Equal(DecodeStatus.TooDeep, Decode(builder, LinkType.Ppi));
    }

    private static FrameBuilder Datagram(int source, int destination, ReadOnlySpan<byte> payload) =>
        new FrameBuilder().Ethernet().Ipv4().Udp(source, destination).Payload(payload);

    private static FrameBuilder Gre(byte[] header) => new FrameBuilder().Ethernet().Ipv4().Header(header, ipProtocol: 47);

    private static DecodeStatus Decode(FrameBuilder builder, LinkType linkType = LinkType.Ethernet) => Decode(builder.Build(), linkType);

    private static DecodeStatus Decode(byte[] frame, LinkType linkType = LinkType.Ethernet)
    {
        DecodedFrame decoded = default;
        return FrameDecoder.Decode(frame, linkType, ref decoded);
    }
}
