namespace TlsAppliance.Network.Frames;

/// <summary>
/// What a frame turned out to be. Everything but <see cref="Tcp"/> and <see cref="Fragment"/> is the one reason why it is not used;
/// <see cref="DecodeStatusNames"/> has the names for summaries. <c>Truncated…</c>: the bytes end inside that header, cut by a snapshot
/// length or simply too short. <c>Malformed…</c>: the header is all there and contradicts itself.
/// </summary>
public enum DecodeStatus : byte
{
    /// <summary>A TCP segment: key, flags, numbers and payload are set.</summary>
    Tcp = 0,

    /// <summary>
    /// An IP fragment: <see cref="DecodedFrame.Fragment"/> is set; goes to the fragment reassembler, then to <c>DecodeDatagram</c>.
    /// </summary>
    Fragment = 1,

    // Link layer.

    /// <summary>A link type that is not read.</summary>
    UnknownLinkType = 16,

    /// <summary>Shorter than the header of its link type (other than the ones named below).</summary>
    TruncatedLink,

    /// <summary>The link header contradicts itself: a pseudo header with an impossible length or version.</summary>
    MalformedLink,

    /// <summary>Shorter than an Ethernet header, or no bytes at all.</summary>
    TruncatedEthernet,

    /// <summary>Ends inside an 802.1Q tag or another Ethernet tag (VN-Tag, Cisco metadata, I-TAG, NSH).</summary>
    TruncatedTag,

    /// <summary>Ends inside LLC or SNAP.</summary>
    TruncatedLlc,

    /// <summary>An EtherType that is not read and has no reason of its own.</summary>
    UnknownEtherType,

    Arp,
    Lldp,

    /// <summary>Spanning tree (LLC 0x42).</summary>
    Stp,

    /// <summary>Cisco's own protocols over SNAP: CDP, VTP, DTP, PVST+ …</summary>
    CiscoSnap,

    /// <summary>LLC of another kind: IS-IS, IPX, NetBIOS …</summary>
    LlcOther,

    /// <summary>Slow protocols: LACP, OAM.</summary>
    Lacp,

    /// <summary>IEEE 802.1X authentication.</summary>
    Eapol,

    /// <summary>IEEE 802.1AE: encrypted Ethernet.</summary>
    Macsec,

    PppoeDiscovery,

    /// <summary>Ends inside PPPoE or PPP.</summary>
    TruncatedPpp,

    /// <summary>Network and link control protocols of PPP (LCP, IPCP, CHAP …).</summary>
    PppControl,

    /// <summary>PPP with header or data compression, or encrypted by MPPE or ECP.</summary>
    PppCompressed,

    /// <summary>A part of a multilink PPP packet.</summary>
    PppFragment,

    /// <summary>A PPP protocol that is not read.</summary>
    PppOther,

    /// <summary>Ends inside an MPLS label stack.</summary>
    TruncatedMpls,

    /// <summary>MPLS whose content is neither IP nor Ethernet (associated channel, OAM).</summary>
    MplsOther,

    /// <summary>Ends inside an 802.11 header.</summary>
    TruncatedWlan,

    WlanManagement,
    WlanControl,

    /// <summary>802.11 data frames without data (null function).</summary>
    WlanNoData,

    /// <summary>802.11 data frames under WEP, TKIP or CCMP.</summary>
    WlanEncrypted,

    /// <summary>A part of a fragmented 802.11 frame.</summary>
    WlanFragment,

    // Network layer.

    /// <summary>A version nibble other than 4 or 6 where IP must be.</summary>
    MalformedIp = 64,

    TruncatedIpv4,

    /// <summary>IPv4 with another version, a header length below 5 words, or a total length below the header.</summary>
    MalformedIpv4,

    /// <summary>Ends inside an IPv6 header or one of its extension headers.</summary>
    TruncatedIpv6,

    /// <summary>IPv6 with another version, or an extension header beyond the payload length.</summary>
    MalformedIpv6,

    /// <summary>IPv6 no next header (59).</summary>
    NoNextHeader,

    /// <summary>A fragment of which bytes were not captured: its datagram cannot be put together.</summary>
    TruncatedFragment,

    /// <summary>A fragment without bytes, or one that is not the last and is no multiple of 8 bytes.</summary>
    MalformedFragment,

    // Transport layer.

    TruncatedTcp = 80,

    /// <summary>TCP with a data offset below 5 words or past the segment's end.</summary>
    MalformedTcp,

    TruncatedUdp,

    /// <summary>UDP with a length below its header.</summary>
    MalformedUdp,

    /// <summary>QUIC Initial (RFC 9000 §17.2.2, RFC 9369): carries a TLS handshake that is not read yet.</summary>
    QuicInitial,

    /// <summary>Other QUIC packets with a long header, version negotiation, and Google's QUIC.</summary>
    QuicOther,

    /// <summary>DTLS records.</summary>
    Dtls,

    /// <summary>UDP that is none of the above and no tunnel that is read.</summary>
    UdpOther,

    Icmp,
    Icmpv6,
    Igmp,
    Sctp,

    /// <summary>IPsec encryption, also over UDP 4500.</summary>
    Esp,

    /// <summary>Routing and redundancy protocols: EIGRP, OSPF, PIM, VRRP.</summary>
    Routing,

    /// <summary>An IP protocol that is not read and has no reason of its own.</summary>
    UnknownIpProtocol,

    // Carriers.

    /// <summary>Ends inside a tunnel's header (GRE, ERSPAN, L2TP, VXLAN …).</summary>
    TruncatedTunnel = 112,

    /// <summary>A tunnel's header contradicts itself: unknown version, length past the end.</summary>
    MalformedTunnel,

    /// <summary>
    /// A tunnel's own messages, without a packet inside: L2TP and CAPWAP control, GTP-U echo, PPTP acknowledgments, Teredo bubbles.
    /// </summary>
    TunnelControl,

    /// <summary>A part of a packet that the tunnel itself has cut (CAPWAP).</summary>
    TunnelFragment,

    /// <summary>A tunnel whose content is encrypted (CAPWAP over DTLS).</summary>
    TunnelEncrypted,

    /// <summary>More headers than <see cref="FrameDecoder.MaximumHeaders"/>.</summary>
    TooDeep,
}
