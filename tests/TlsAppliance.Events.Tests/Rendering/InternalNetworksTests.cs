using System.Net;
using System.Text;
using TlsAppliance.Events.Rendering;

namespace TlsAppliance.Events.Tests.Rendering;

public class InternalNetworksTests
{
    [Theory]
    [InlineData("10.1.2.3", "192.168.0.1", "internal")]
    [InlineData("10.1.2.3", "8.8.8.8", "outbound")]
    [InlineData("8.8.8.8", "172.31.255.255", "inbound")]
    [InlineData("8.8.8.8", "172.32.0.0", "external")]
    [InlineData("fd00::1", "2001:db8::1", "outbound")]
    [InlineData("fc00::1", "fdff::1", "inbound")]
    [InlineData("127.0.0.1", "127.0.0.2", "external")]
    public void Private_networks_decide_the_direction(string source, string destination, string expected) =>
        Assert.Equal(expected, Direction(["private"], source, destination));

    [Fact]
    public void Direction_is_unknown_without_networks() => Assert.Equal("unknown", Direction([], "10.1.2.3", "8.8.8.8"));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("192.0.2.129/25", "192.0.2.200", true)]
    [InlineData("192.0.2.129/25", "192.0.2.1", false)]
    [InlineData("192.0.2.1/32", "192.0.2.1", true)]
    [InlineData("0.0.0.0/0", "203.0.113.7", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("loopback", "127.8.8.8", true)]
    [InlineData("loopback", "::1", true)]
    [InlineData("link_local_unicast", "169.254.1.1", true)]
    [InlineData("link_local_unicast", "fe80::1", true)]
    [InlineData("link_local_multicast", "224.0.0.251", true)]
    [InlineData("link_local_multicast", "224.0.1.1", false)]
    [InlineData("link_local_multicast", "ff02::fb", true)]
    [InlineData("interface_local_multicast", "ff01::1", true)]
    [InlineData("multicast", "239.1.1.1", true)]
    [InlineData("multicast", "ff0e::1", true)]
    [InlineData("unspecified", "0.0.0.0", true)]
    [InlineData("unspecified", "::", true)]
    [InlineData("unspecified", "0.0.0.1", false)]
    [InlineData("private", "fd12::1", true)]
    [InlineData("public", "8.8.8.8", true)]
    [InlineData("public", "10.0.0.1", false)]
    [InlineData("public", "fe80::1", false)]
    [InlineData("unicast", "10.0.0.1", true)]
    [InlineData("global_unicast", "127.0.0.1", false)]
    [InlineData("global_unicast", "255.255.255.255", false)]
    [InlineData("global_unicast", "ff0e::1", false)]
    public void Contains_the_addresses_of_networks_and_names(string network, string address, bool expected) =>
        Assert.Equal(expected, new InternalNetworks([network]).Contains(Rendered.Value(IPAddress.Parse(address))));

    [Theory]
    [InlineData("home")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("::/129")]
    [InlineData("10.0.0.0/x")]
    [InlineData("")]
    public void Refuses_what_is_no_network(string text) => Assert.Throws<FormatException>(() => new InternalNetworks([text]));

    private static string Direction(string[] networks, string source, string destination) => Encoding.ASCII.GetString(
        new InternalNetworks(networks).Direction(Rendered.Value(IPAddress.Parse(source)), Rendered.Value(IPAddress.Parse(destination))));
}
