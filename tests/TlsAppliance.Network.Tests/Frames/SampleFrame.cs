using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Testing.Frames;

namespace TlsAppliance.Network.Tests.Frames;

/// <summary>One frame of every link type and carrier, around the same TCP segment, with what the decoder must say about it.</summary>
internal sealed record SampleFrame(
    string Name, LinkType LinkType, byte[] Bytes, CarrierKind Carrier = CarrierKind.None, uint CarrierId = 0,
    ushort OuterVlan = DecodedFrame.NoVlan, ushort InnerVlan = DecodedFrame.NoVlan, int IpVersion = 4)
{
    public const int SourcePort = 50000;
    public const int DestinationPort = 443;
    public const uint Sequence = 0x0102_0304;
    public const uint Acknowledgment = 0x0506_0708;
    public const TcpFlags Flags = TcpFlags.Ack | TcpFlags.Psh;

    /// <summary>Both lower than their destinations, so that the source is the low endpoint.</summary>
    public const string Source4 = "10.1.1.1";
    public const string Destination4 = "10.2.2.2";
    public const string Source6 = "2001:db8:1::1";
    public const string Destination6 = "2001:db8:2::2";

    public static readonly byte[] Payload = [0x16, 0x03, 0x01, 0x00, 0x05, 1, 2, 3, 4, 5, 0x55, 0xAA, 0x55];

    public static IReadOnlyList<SampleFrame> All { get; } = [.. Links(), .. Tags(), .. Tunnels(), .. Ip()];

    public static SampleFrame Named(string name) => All.Single(sample => sample.Name == name);

    private static IEnumerable<SampleFrame> Links()
    {
        yield return new("ethernet", LinkType.Ethernet, Inner4(New().Ethernet()));
        yield return new("ethernet_ipv6", LinkType.Ethernet, Inner6(New().Ethernet()), IpVersion: 6);
        yield return new("ethernet_llc_snap", LinkType.Ethernet, Inner4(New().EthernetWithLength().Snap()));
        yield return new("ethernet_llc_ip", LinkType.Ethernet, Inner4(New().EthernetWithLength().LlcIp()));
        yield return new("jumbo_llc", LinkType.Ethernet, Inner4(New().Ethernet().Header([], etherType: 0x8870).Snap()));
        yield return new("raw", LinkType.Raw, Inner4(New()));
        yield return new("raw_ipv6", LinkType.Raw, Inner6(New()), IpVersion: 6);
        yield return new("raw_bsd", LinkType.RawBsd, Inner4(New()));
        yield return new("raw_openbsd", LinkType.RawOpenBsd, Inner4(New()));
        yield return new("ipv4", LinkType.IPv4, Inner4(New()));
        yield return new("ipv6", LinkType.IPv6, Inner6(New()), IpVersion: 6);
        yield return new("null", LinkType.Null, Inner4(New().NullFamily(2)));
        yield return new("null_big_endian", LinkType.Null, Inner4(New().NullFamily(2, bigEndian: true)));
        yield return new("null_linux_ipv6", LinkType.Null, Inner6(New().NullFamily(10)), IpVersion: 6);
        yield return new("null_netbsd_ipv6", LinkType.Null, Inner6(New().NullFamily(24)), IpVersion: 6);
        yield return new("null_freebsd_ipv6", LinkType.Null, Inner6(New().NullFamily(28)), IpVersion: 6);
        yield return new("null_macos_ipv6", LinkType.Null, Inner6(New().NullFamily(30)), IpVersion: 6);
        yield return new("loop", LinkType.Loop, Inner4(New().NullFamily(2, bigEndian: true)));
        yield return new("sll", LinkType.LinuxSll, Inner4(New().LinuxSll()));
        yield return new("sll_vlan", LinkType.LinuxSll, Inner4(New().LinuxSll().Vlan(12)), OuterVlan: 12);
        yield return new("sll2", LinkType.LinuxSll2, Inner6(New().LinuxSll2()), IpVersion: 6);
        yield return new("ppp", LinkType.Ppp, Inner4(New().Ppp()));
        yield return new("ppp_hdlc", LinkType.PppHdlc, Inner6(New().PppHdlc()), IpVersion: 6);
        yield return new("ppp_compressed_protocol", LinkType.Ppp, Inner4(New().PppCompressedProtocol()));
        yield return new("ppp_mpls", LinkType.Ppp, Inner4(New().Ppp().Mpls(99)), CarrierKind.Mpls, 99);
        yield return new("ppp_cisco_hdlc", LinkType.PppHdlc, Inner4(New().CiscoHdlc()));
        yield return new("ppp_multilink_whole", LinkType.Ppp, Inner4(New().Header([0x00, 0x3D, 0xC0, 0, 0, 1]).Ppp()));
        yield return new("ppp_ether", LinkType.PppEther, Inner4(New().Pppoe(7).Ppp()), CarrierKind.Pppoe, 7);
        yield return new("cisco_hdlc", LinkType.CiscoHdlc, Inner4(New().CiscoHdlc()));
        yield return new("fddi", LinkType.Fddi, Inner4(New().Fddi().Snap()));
        yield return new("nflog", LinkType.Nflog, Inner4(New().Nflog()));
        yield return new("wlan", LinkType.Ieee80211, Inner4(New().Wlan().Snap()));
        yield return new("wlan_qos", LinkType.Ieee80211, Inner4(New().Wlan(qos: true).Snap()));
        yield return new("wlan_four_addresses", LinkType.Ieee80211, Inner4(New().Wlan(qos: true, betweenAccessPoints: true).Snap()));
        yield return new("wlan_aggregate", LinkType.Ieee80211, Inner4(New().Wlan(aggregate: true).Snap()));
        yield return new("radiotap", LinkType.Ieee80211Radiotap, Inner4(New().Radiotap().Wlan().Snap()));
        yield return new("radiotap_check_sequence", LinkType.Ieee80211Radiotap, Inner4(New().Radiotap(checkSequence: true).Wlan().Snap()));
        yield return new("prism", LinkType.Ieee80211Prism, Inner4(New().Prism().Wlan().Snap()));
        yield return new("avs", LinkType.Ieee80211Avs, Inner4(New().Avs().Wlan().Snap()));
        yield return new("ppi_wlan", LinkType.Ppi, Inner4(New().Ppi(105, checkSequence: true).Wlan().Snap()));
        yield return new("ppi_ethernet", LinkType.Ppi, Inner4(New().Ppi(1).Ethernet()));
    }

    private static IEnumerable<SampleFrame> Tags()
    {
        yield return new("vlan", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(100)), OuterVlan: 100);
        yield return new("vlan_ipv6", LinkType.Ethernet, Inner6(New().Ethernet().Vlan(4094)), OuterVlan: 4094, IpVersion: 6);
        yield return new("vlan_with_priority", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(0xE064)), OuterVlan: 100);
        yield return new("priority_tag", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(0)));
        yield return new("priority_tag_then_vlan", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(0).Vlan(5)), OuterVlan: 5);
        yield return new("qinq_88a8", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(10, 0x88A8).Vlan(20)), OuterVlan: 10, InnerVlan: 20);
        yield return new("qinq_9100", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(10, 0x9100).Vlan(20)), OuterVlan: 10, InnerVlan: 20);
        yield return new("qinq_9200", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(10, 0x9200).Vlan(20)), OuterVlan: 10, InnerVlan: 20);
        yield return new("qinq_9300", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(10, 0x9300).Vlan(20)), OuterVlan: 10, InnerVlan: 20);
        yield return new("three_vlans", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(1).Vlan(2).Vlan(3)), OuterVlan: 1, InnerVlan: 2);
        yield return new("vlan_llc_snap", LinkType.Ethernet, VlanWithLength(), OuterVlan: 9);
        yield return new("vn_tag", LinkType.Ethernet, Inner4(New().Ethernet().VnTag().Vlan(3)), OuterVlan: 3);
        yield return new("cisco_metadata", LinkType.Ethernet, Inner4(New().Ethernet().CiscoMetadata()));
        yield return new("vlan_cisco_metadata", LinkType.Ethernet, Inner4(New().Ethernet().Vlan(8).CiscoMetadata()), OuterVlan: 8);
        yield return new("fabric_path", LinkType.Ethernet, Inner4(New().Ethernet().FabricPath().Ethernet().Vlan(6)), OuterVlan: 6);
        yield return new("provider_backbone", LinkType.Ethernet,
            Inner4(New().Ethernet().Vlan(1, 0x88A8).ProviderBackbone().Ethernet().Vlan(2)), OuterVlan: 2);
        yield return new("service_header", LinkType.Ethernet, Inner4(New().Ethernet().ServiceHeader()));
        yield return new("service_header_ethernet", LinkType.Ethernet, Inner4(New().Ethernet().ServiceHeader().Ethernet()));
    }

    private static IEnumerable<SampleFrame> Tunnels()
    {
        yield return new("mpls", LinkType.Ethernet, Inner4(New().Ethernet().Mpls(16)), CarrierKind.Mpls, 16);
        yield return new("mpls_three_labels_ipv6", LinkType.Ethernet,
            Inner6(New().Ethernet().Mpls(16).Mpls(17).Mpls(0xF_FFFF)), CarrierKind.Mpls, 0xF_FFFF, IpVersion: 6);
        yield return new("mpls_pseudowire", LinkType.Ethernet,
            Inner4(New().Ethernet().Mpls(16).PseudowireControlWord().Ethernet().Vlan(4)), CarrierKind.Mpls, 16, OuterVlan: 4);
        yield return new("mpls_ethernet_without_control_word", LinkType.Ethernet,
            Inner4(New().Ethernet().Mpls(16).EthernetFrom(0x00)), CarrierKind.Mpls, 16);
        yield return new("mpls_ethernet_from_station_like_ipv4", LinkType.Ethernet,
            Inner4(New().Ethernet().Mpls(16).EthernetFrom(0x46)), CarrierKind.Mpls, 16);
        yield return new("mpls_ethernet_from_station_like_ipv6", LinkType.Ethernet,
            Inner4(New().Ethernet().Mpls(16).EthernetFrom(0x60)), CarrierKind.Mpls, 16);
        yield return new("mpls_in_ip", LinkType.Ethernet, Inner4(Outer().Mpls(30)), CarrierKind.Mpls, 30);
        yield return new("pppoe", LinkType.Ethernet,
            Inner4(New().Ethernet().Vlan(2).Pppoe(0x55).Ppp()), CarrierKind.Pppoe, 0x55, OuterVlan: 2);
        yield return new("pppoe_ipv6", LinkType.Ethernet, Inner6(New().Ethernet().Pppoe(1).Ppp()), CarrierKind.Pppoe, 1, IpVersion: 6);
        yield return new("ip_in_ip", LinkType.Ethernet, Inner4(Outer()), CarrierKind.IpInIp);
        yield return new("6in4", LinkType.Ethernet, Inner6(Outer()), CarrierKind.IpInIp, IpVersion: 6);
        yield return new("4in6", LinkType.Ethernet, Inner4(New().Ethernet().Ipv6()), CarrierKind.IpInIp);
        yield return new("6in6", LinkType.Ethernet, Inner6(New().Ethernet().Ipv6()), CarrierKind.IpInIp, IpVersion: 6);
        yield return new("gre", LinkType.Ethernet, Inner4(Outer().Gre()), CarrierKind.Gre);
        yield return new("gre_everything", LinkType.Ethernet,
            Inner6(Outer().Gre(77, checksum: true, sequence: 1)), CarrierKind.Gre, 77, IpVersion: 6);
        yield return new("gre_routing", LinkType.Ethernet, Inner4(Outer().GreWithRouting()), CarrierKind.Gre);
        yield return new("gre_over_ipv6", LinkType.Ethernet, Inner4(New().Ethernet().Ipv6().Gre()), CarrierKind.Gre);
        yield return new("gre_ethernet", LinkType.Ethernet, Inner4(Outer().Gre(5).Ethernet().Vlan(44)), CarrierKind.Gre, 5, OuterVlan: 44);
        yield return new("gre_mpls", LinkType.Ethernet, Inner4(Outer().Gre(5).Mpls(8)), CarrierKind.Mpls, 8);
        yield return new("gre_ppp", LinkType.Ethernet, Inner4(Outer().Gre().PppHdlc()), CarrierKind.Gre);
        yield return new("gre_wccp", LinkType.Ethernet, Inner4(Outer().Gre().Header([0, 0, 0, 0], etherType: 0x883E)), CarrierKind.Gre);
        yield return new("pptp", LinkType.Ethernet, Inner4(Outer().Pptp(0x33).PppHdlc()), CarrierKind.Gre, 0x33);
        yield return new("erspan_1", LinkType.Ethernet, Inner4(Outer().Erspan1().Ethernet()), CarrierKind.Erspan);
        yield return new("erspan_2", LinkType.Ethernet,
            Inner4(Outer().Erspan2(100).Ethernet().Vlan(5)), CarrierKind.Erspan, 100, OuterVlan: 5);
        yield return new("erspan_3", LinkType.Ethernet, Inner4(Outer().Erspan3(1023).Ethernet()), CarrierKind.Erspan, 1023);
        yield return new("erspan_3_subheader", LinkType.Ethernet,
            Inner4(Outer().Erspan3(9, subheader: true).Ethernet()), CarrierKind.Erspan, 9);
        yield return new("erspan_3_ip", LinkType.Ethernet, Inner4(Outer().Erspan3(9, ipFrame: true)), CarrierKind.Erspan, 9);
        yield return new("vxlan", LinkType.Ethernet, Inner4(Outer().Vxlan(0xABCDEF).Ethernet()), CarrierKind.Vxlan, 0xABCDEF);
        yield return new("vxlan_linux_port", LinkType.Ethernet,
            Inner6(Outer().Vxlan(1, 8472).Ethernet()), CarrierKind.Vxlan, 1, IpVersion: 6);
        yield return new("vxlan_keeps_outer_vlan", LinkType.Ethernet,
            Inner4(New().Ethernet().Vlan(30).Ipv4().Vxlan(6).Ethernet()), CarrierKind.Vxlan, 6, OuterVlan: 30);
        yield return new("vxlan_inner_vlan_replaces_outer", LinkType.Ethernet,
            Inner4(New().Ethernet().Vlan(30).Vlan(31).Ipv4().Vxlan(6).Ethernet().Vlan(40)), CarrierKind.Vxlan, 6, OuterVlan: 40);
        yield return new("vxlan_gpe_ethernet", LinkType.Ethernet, Inner4(Outer().VxlanGpe(2).Ethernet()), CarrierKind.Vxlan, 2);
        yield return new("vxlan_gpe_ipv6", LinkType.Ethernet, Inner6(Outer().VxlanGpe(2)), CarrierKind.Vxlan, 2, IpVersion: 6);
        yield return new("geneve", LinkType.Ethernet, Inner4(Outer().Geneve(0x123456).Ethernet()), CarrierKind.Geneve, 0x123456);
        yield return new("geneve_ip", LinkType.Ethernet, Inner4(Outer().Geneve(3)), CarrierKind.Geneve, 3);
        yield return new("gtpu", LinkType.Ethernet, Inner4(Outer().Gtpu(0xDEADBEEF)), CarrierKind.Gtpu, 0xDEADBEEF);
        yield return new("gtpu_extension", LinkType.Ethernet, Inner6(Outer().Gtpu(1, extension: true)), CarrierKind.Gtpu, 1, IpVersion: 6);
        yield return new("teredo", LinkType.Ethernet, Inner6(Outer().Teredo()), CarrierKind.Teredo, IpVersion: 6);
        yield return new("teredo_indications", LinkType.Ethernet,
            Inner6(Outer().Teredo(indications: true)), CarrierKind.Teredo, IpVersion: 6);
        yield return new("l2tp", LinkType.Ethernet, Inner4(Outer().L2tp(1, 2).PppHdlc()), CarrierKind.L2tp, 0x0001_0002);
        yield return new("l2tp_everything", LinkType.Ethernet,
            Inner4(Outer().L2tp(1, 2, everything: true).Ppp()), CarrierKind.L2tp, 0x0001_0002);
        yield return new("l2tp3_ethernet", LinkType.Ethernet, Inner4(Outer().L2tp3(9, cookieLength: 4).Ethernet()), CarrierKind.L2tp, 9);
        yield return new("l2tp3_over_ip", LinkType.Ethernet,
            Inner4(Outer().L2tp3OverIp(9, cookieLength: 8).Ethernet()), CarrierKind.L2tp, 9);
        yield return new("l2tp3_over_ip_ppp", LinkType.Ethernet,
            Inner4(Outer().L2tp3OverIp(9, cookieLength: 0).PppHdlc()), CarrierKind.L2tp, 9);
        yield return new("capwap_wlan", LinkType.Ethernet, Inner4(Outer().Capwap(native: true).Wlan(qos: true).Snap()), CarrierKind.Capwap);
        yield return new("capwap_wlan_swapped", LinkType.Ethernet,
            Inner4(Outer().Capwap(native: true).Wlan(swapped: true).Snap()), CarrierKind.Capwap);
        yield return new("capwap_ethernet", LinkType.Ethernet, Inner4(Outer().Capwap(native: false).Ethernet()), CarrierKind.Capwap);
        yield return new("ayiya", LinkType.Ethernet, Inner6(Outer().Ayiya()), CarrierKind.Ayiya, IpVersion: 6);
        yield return new("vxlan_in_mpls_in_vlan", LinkType.Ethernet,
            Inner4(New().Ethernet().Vlan(1).Vlan(2).Mpls(5).Ipv4().Vxlan(7).Ethernet().Vlan(3)), CarrierKind.Vxlan, 7, OuterVlan: 3);
    }

    private static IEnumerable<SampleFrame> Ip()
    {
        yield return new("ipv4_options", LinkType.Ethernet, Inner(New().Ethernet().Ipv4(Source4, Destination4, [7, 4, 0, 0, 1, 1, 1, 0])));
        yield return new("tcp_options", LinkType.Ethernet, New().Ethernet().Ipv4(Source4, Destination4).Tcp(
            SourcePort, DestinationPort, Sequence, Acknowledgment, Flags, window: 777,
            options: [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2]).Payload(Payload).Build());
        yield return new("authentication", LinkType.Ethernet, Inner(New().Ethernet().Ipv4(Source4, Destination4).Authentication()));
        yield return new("authentication_ipv6", LinkType.Ethernet,
            Inner(New().Ethernet().Ipv6(Source6, Destination6).Authentication()), IpVersion: 6);
        foreach (byte number in new byte[] { 0, 43, 60, 135, 139, 140 })
        {
            yield return new($"ipv6_extension_{number}", LinkType.Ethernet,
                Inner(New().Ethernet().Ipv6(Source6, Destination6).Ipv6Extension(number, 2)), IpVersion: 6);
        }

        yield return new("ipv6_extension_chain", LinkType.Ethernet,
            Inner(New().Ethernet().Ipv6(Source6, Destination6).Ipv6Extension(0).Ipv6Extension(60).Ipv6Extension(43, 3)
                .AtomicFragment().Authentication().Ipv6Extension(60)), IpVersion: 6);
    }

    private static FrameBuilder New() => new();

    /// <summary>An outer IPv4 header in Ethernet.</summary>
    private static FrameBuilder Outer() => New().Ethernet().Ipv4();

    private static byte[] Inner4(FrameBuilder carrier) => Inner(carrier.Ipv4(Source4, Destination4));

    private static byte[] Inner6(FrameBuilder carrier) => Inner(carrier.Ipv6(Source6, Destination6));

    private static byte[] Inner(FrameBuilder carrier) =>
        carrier.Tcp(SourcePort, DestinationPort, Sequence, Acknowledgment, Flags, window: 777).Payload(Payload).Build();

    private static byte[] VlanWithLength()
    {
        byte[] llc = Inner4(New().Snap());
        return New().Ethernet().Vlan(9).Header([], etherType: llc.Length).Header(llc).Build();
    }
}
