using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>IP protocol numbers (IANA; also the next header of IPv6) and the layer that each announces.</summary>
internal static class IpProtocol
{
    public const byte HopByHop = 0;
    public const byte Icmp = 1;
    public const byte Igmp = 2;
    public const byte Ipv4 = 4;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Ipv6 = 41;
    public const byte Routing = 43;
    public const byte Fragment = 44;
    public const byte Gre = 47;
    public const byte Esp = 50;
    public const byte Authentication = 51;
    public const byte Icmpv6 = 58;
    public const byte NoNextHeader = 59;
    public const byte DestinationOptions = 60;
    public const byte Eigrp = 88;
    public const byte Ospf = 89;
    public const byte Pim = 103;
    public const byte Vrrp = 112;
    public const byte L2tp = 115;
    public const byte Sctp = 132;
    public const byte Mobility = 135;
    public const byte MplsInIp = 137;
    public const byte HostIdentity = 139;
    public const byte Shim6 = 140;

    public static Layer Next(ref FrameWalk walk, byte protocol) => protocol switch
    {
        Tcp => Layer.Tcp,
        Udp => Layer.Udp,
        Gre => Layer.Gre,
        Ipv4 => EnterIp(ref walk, Layer.Ipv4),
        Ipv6 => EnterIp(ref walk, Layer.Ipv6),
        MplsInIp => Layer.Mpls,
        L2tp => Layer.L2tpOverIp,
        Authentication => Layer.Authentication,
        HopByHop or Routing or DestinationOptions or Mobility or HostIdentity or Shim6 when walk.IpVersion == 6 => Layer.Ipv6Extension,
        Fragment when walk.IpVersion == 6 => Layer.Ipv6Fragment,
        _ => walk.Stop(Unused(protocol)),
    };

    private static Layer EnterIp(ref FrameWalk walk, Layer inner)
    {
        walk.EnterTunnel(CarrierKind.IpInIp, 0);
        return inner;
    }

    private static DecodeStatus Unused(byte protocol) => protocol switch
    {
        Icmp => DecodeStatus.Icmp,
        Icmpv6 => DecodeStatus.Icmpv6,
        Igmp => DecodeStatus.Igmp,
        Esp => DecodeStatus.Esp,
        Sctp => DecodeStatus.Sctp,
        NoNextHeader => DecodeStatus.NoNextHeader,
        Eigrp or Ospf or Pim or Vrrp => DecodeStatus.Routing,
        _ => DecodeStatus.UnknownIpProtocol,
    };
}
