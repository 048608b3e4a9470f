using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Frames;

namespace TlsAppliance.Corpus.Tests.Invariance;

/// <summary>What stands around the datagrams of a connection.</summary>
/// <param name="Name">For the message of a failing test.</param>
/// <param name="LinkType">Of the capture.</param>
/// <param name="Outside">The outer headers, from the link inwards.</param>
internal sealed record Encapsulation(string Name, LinkType LinkType, Func<FrameBuilder, FrameBuilder> Outside)
{
    public static IReadOnlyList<Encapsulation> All { get; } =
    [
        new("Ethernet", LinkType.Ethernet, frame => frame.Ethernet()),
        new("VLAN", LinkType.Ethernet, frame => frame.Ethernet().Vlan(7)),
        new("two VLANs", LinkType.Ethernet, frame => frame.Ethernet().Vlan(7, 0x88A8).Vlan(42)),
        new("raw IP", LinkType.Raw, frame => frame),
        new("Linux cooked", LinkType.LinuxSll, frame => frame.LinuxSll()),
        new("MPLS", LinkType.Ethernet, frame => frame.Ethernet().Mpls(100).Mpls(200)),
        new("PPPoE", LinkType.Ethernet, frame => frame.Ethernet().Pppoe(9).Ppp()),
        new("GRE", LinkType.Ethernet, frame => frame.Ethernet().Ipv4("198.51.100.7", "198.51.100.8").Gre(key: 5)),
        new("VXLAN", LinkType.Ethernet, frame => frame.Ethernet().Ipv4("198.51.100.7", "198.51.100.8").Vxlan(5001).Ethernet()),
        new("GENEVE over IPv6", LinkType.Ethernet, frame => frame.Ethernet().Ipv6("2001:db8:1::1", "2001:db8:1::2").Geneve(77).Ethernet()),
        new("ERSPAN II", LinkType.Ethernet, frame => frame.Ethernet().Ipv4("198.51.100.7", "198.51.100.8").Erspan2(3).Ethernet()),
        new("GTP-U", LinkType.Ethernet, frame => frame.Ethernet().Ipv4("198.51.100.7", "198.51.100.8").Gtpu(0x1234, extension: true)),
        new("IP in IP", LinkType.Ethernet, frame => frame.Ethernet().Ipv4("198.51.100.7", "198.51.100.8")),
    ];

    public override string ToString() => Name;
}
