using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Tests.Frames;

public class DecodeStatusNamesTests
{
    /// <summary>Dashboards and alarms know these names: one is added, none is changed.</summary>
    private const string Stable = """
        tcp fragment
        unknown_link_type truncated_link malformed_link truncated_ethernet truncated_tag truncated_llc unknown_ether_type arp lldp stp
        cisco_snap llc_other lacp eapol macsec pppoe_discovery truncated_ppp ppp_control ppp_compressed ppp_fragment ppp_other
        truncated_mpls mpls_other truncated_wlan wlan_management wlan_control wlan_no_data wlan_encrypted wlan_fragment
        malformed_ip truncated_ipv4 malformed_ipv4 truncated_ipv6 malformed_ipv6 no_next_header truncated_fragment malformed_fragment
        truncated_tcp malformed_tcp truncated_udp malformed_udp quic_initial quic_other dtls udp_other icmp icmpv6 igmp sctp esp routing
        unknown_ip_protocol
        truncated_tunnel malformed_tunnel tunnel_control tunnel_fragment tunnel_encrypted too_deep
        """;

    [Fact]
    public void Names_are_stable() =>
        Assert.Equal(
            Stable.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
            Enum.GetValues<DecodeStatus>().Select(DecodeStatusNames.Name));

    [Fact]
    public void Every_number_has_a_cell()
    {
        Assert.Equal(256, DecodeStatusNames.All.Count);
        Assert.Equal("", DecodeStatusNames.All[255]);
        Assert.Equal("quic_initial", DecodeStatusNames.All[(int)DecodeStatus.QuicInitial]);
    }
}
