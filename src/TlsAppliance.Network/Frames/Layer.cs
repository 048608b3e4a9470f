namespace TlsAppliance.Network.Frames;

/// <summary>The header that comes next in a <see cref="FrameWalk"/>.</summary>
internal enum Layer : byte
{
    /// <summary>Nothing more to read: <see cref="FrameWalk.Status"/> is the answer.</summary>
    Done = 0,

    // Link types.
    Ethernet,
    NullFamily,
    LinuxSll,
    LinuxSll2,
    Fddi,
    Nflog,
    CiscoHdlc,
    Ieee80211,
    Ieee80211Swapped,
    Radiotap,
    Prism,
    Ppi,

    // Between link and network.
    Vlan,
    VnTag,
    CiscoMetadata,
    FabricPath,
    ProviderBackbone,
    ServiceHeader,
    Llc,
    Mpls,
    Pppoe,
    Ppp,

    // Network.
    Ip,
    Ipv4,
    Ipv6,
    Ipv6Extension,
    Ipv6Fragment,
    Authentication,

    // Transport and carriers.
    Tcp,
    Udp,
    Gre,
    Erspan1,
    Erspan2,
    Erspan3,
    Vxlan,
    VxlanGpe,
    Geneve,
    Gtpu,
    Teredo,
    L2tp,
    L2tpOverIp,
    Capwap,
    Ayiya,

    /// <summary>A carrier that does not say what it carries.</summary>
    UnmarkedPayload,
}
