using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TlsAppliance.Network.Headers;

namespace TlsAppliance.Network.Frames;

/// <summary>
/// From a frame's bytes to its innermost TCP segment. Pure: no state, no allocation, no exception, every read within checked lengths.
/// Checksums are not verified: captures on the sending host hold unfinished ones (offload), and a wrong one would hide a session.
/// </summary>
public static class FrameDecoder
{
    /// <summary>
    /// Headers of one frame that are walked through, each tag, label and extension header counted. What nests deeper is an attack.
    /// </summary>
    public const int MaximumHeaders = 64;

    /// <summary>Decodes a captured frame down to its innermost TCP header. <paramref name="decoded"/> is overwritten.</summary>
    public static DecodeStatus Decode(ReadOnlySpan<byte> frame, LinkType linkType, ref DecodedFrame decoded)
    {
        if (linkType == LinkType.Ethernet && TryDecodeCommon(frame, ref decoded))
        {
            return DecodeStatus.Tcp;
        }

        return DecodeByWalk(frame, linkType, ref decoded);
    }

    /// <summary>
    /// Goes on with a reassembled datagram: <paramref name="payload"/> is what follows the IP header of the fragments, <paramref
    /// name="header"/> that of any of them. VLAN and carrier already in <paramref name="decoded"/> stay, unless the payload is a tunnel.
    /// May yield a fragment again.
    /// </summary>
    public static DecodeStatus DecodeDatagram(ReadOnlySpan<byte> payload, in FragmentHeader header, ref DecodedFrame decoded)
    {
        FrameWalk walk = new(payload, ref decoded)
        {
            Source = header.Source,
            Destination = header.Destination,
            IpVersion = header.IpVersion,
            DatagramLength = payload.Length + (header.IpVersion == 4 ? Ipv4Header.MinimumLength : Ipv6Header.Length),
        };
        return Walk(ref walk, IpProtocol.Next(ref walk, header.Protocol));
    }

    /// <summary>
    /// Nine of ten frames in straight line: Ethernet, at most one VLAN tag, IPv4 without options or IPv6 without extension headers, a TCP
    /// segment that was captured whole. Anything else is left to the walk, which gives the same answer for these.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeCommon(ReadOnlySpan<byte> frame, ref DecodedFrame decoded)
    {
        if (frame.Length < EthernetHeader.Length + Ipv4Header.MinimumLength + TcpHeader.MinimumLength)
        {
            return false;
        }

        int offset = EthernetHeader.Length;
        int etherType = BinaryPrimitives.ReadUInt16BigEndian(frame[EthernetHeader.TypeOffset..]);
        ushort vlan = DecodedFrame.NoVlan;
        if (etherType == EtherType.Vlan)
        {
            vlan = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]) & VlanTag.IdMask);
            etherType = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
            offset += VlanTag.Length;
        }

        bool isTcp = etherType switch
        {
            EtherType.Ipv4 => TryDecodeIpv4(frame, offset, ref decoded),
            EtherType.Ipv6 => TryDecodeIpv6(frame, offset, ref decoded),
            _ => false,
        };
        if (!isTcp || vlan == 0)
        {
            return false;
        }

        (decoded.OuterVlan, decoded.InnerVlan) = (vlan, DecodedFrame.NoVlan);
        (decoded.Carrier, decoded.CarrierId) = (CarrierKind.None, 0);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeIpv4(ReadOnlySpan<byte> frame, int offset, ref DecodedFrame decoded)
    {
        if (frame.Length - offset < Ipv4Header.MinimumLength + TcpHeader.MinimumLength)
        {
            return false;
        }

        ReadOnlySpan<byte> headers = frame.Slice(offset, Ipv4Header.MinimumLength + TcpHeader.MinimumLength);
        int length = BinaryPrimitives.ReadUInt16BigEndian(headers[Ipv4Header.TotalLengthOffset..]);
        if (headers[0] != Ipv4Header.PlainFirstByte || headers[Ipv4Header.ProtocolOffset] != IpProtocol.Tcp
            || (BinaryPrimitives.ReadUInt16BigEndian(headers[Ipv4Header.FragmentOffset..]) & Ipv4Header.FragmentMask) != 0
            || length > frame.Length - offset)
        {
            return false;
        }

        ReadOnlySpan<byte> segment = headers[Ipv4Header.MinimumLength..];
        if (!TcpHeader.TryRead(segment, offset + Ipv4Header.MinimumLength, length - Ipv4Header.MinimumLength, ref decoded))
        {
            return false;
        }

        decoded.DatagramLength = length;
        decoded.Key.SetIpv4(
            BinaryPrimitives.ReadUInt32BigEndian(headers[Ipv4Header.SourceOffset..]),
            BinaryPrimitives.ReadUInt32BigEndian(headers[Ipv4Header.DestinationOffset..]),
            BinaryPrimitives.ReadUInt32BigEndian(segment), IpProtocol.Tcp, out decoded.SourceIsLow);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeIpv6(ReadOnlySpan<byte> frame, int offset, ref DecodedFrame decoded)
    {
        if (frame.Length - offset < Ipv6Header.Length + TcpHeader.MinimumLength)
        {
            return false;
        }

        ReadOnlySpan<byte> headers = frame.Slice(offset, Ipv6Header.Length + TcpHeader.MinimumLength);
        int length = Ipv6Header.Length + BinaryPrimitives.ReadUInt16BigEndian(headers[Ipv6Header.PayloadLengthOffset..]);
        if (headers[0] >> 4 != 6 || headers[Ipv6Header.NextHeaderOffset] != IpProtocol.Tcp || length > frame.Length - offset)
        {
            return false;
        }

        ReadOnlySpan<byte> segment = headers[Ipv6Header.Length..];
        if (!TcpHeader.TryRead(segment, offset + Ipv6Header.Length, length - Ipv6Header.Length, ref decoded))
        {
            return false;
        }

        decoded.DatagramLength = length;
        decoded.Key.Set(
            BinaryPrimitives.ReadUInt64BigEndian(headers[Ipv6Header.SourceOffset..]),
            BinaryPrimitives.ReadUInt64BigEndian(headers[(Ipv6Header.SourceOffset + sizeof(ulong))..]),
            BinaryPrimitives.ReadUInt64BigEndian(headers[Ipv6Header.DestinationOffset..]),
            BinaryPrimitives.ReadUInt64BigEndian(headers[(Ipv6Header.DestinationOffset + sizeof(ulong))..]),
            BinaryPrimitives.ReadUInt32BigEndian(segment), ipVersion: 6, IpProtocol.Tcp, out decoded.SourceIsLow);
        return true;
    }

    /// <summary>Decodes header by header, whatever the order.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static DecodeStatus DecodeByWalk(ReadOnlySpan<byte> frame, LinkType linkType, ref DecodedFrame decoded)
    {
        (decoded.OuterVlan, decoded.InnerVlan) = (DecodedFrame.NoVlan, DecodedFrame.NoVlan);
        (decoded.Carrier, decoded.CarrierId) = (CarrierKind.None, 0);
        FrameWalk walk = new(frame, ref decoded);
        return Walk(ref walk, FirstLayer(ref walk, linkType));
    }

    internal static Layer FirstLayer(ref FrameWalk walk, LinkType linkType) => linkType switch
    {
        LinkType.Ethernet => Layer.Ethernet,
        LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd => Layer.Ip,
        LinkType.IPv4 => Layer.Ipv4,
        LinkType.IPv6 => Layer.Ipv6,
        LinkType.Null or LinkType.Loop => Layer.NullFamily,
        LinkType.LinuxSll => Layer.LinuxSll,
        LinkType.LinuxSll2 => Layer.LinuxSll2,
        LinkType.Ppp or LinkType.PppHdlc => Layer.Ppp,
        LinkType.PppEther => Layer.Pppoe,
        LinkType.CiscoHdlc => Layer.CiscoHdlc,
        LinkType.Ieee80211 => Layer.Ieee80211,
        LinkType.Ieee80211Radiotap => Layer.Radiotap,
        LinkType.Ieee80211Prism or LinkType.Ieee80211Avs => Layer.Prism,
        LinkType.Ppi => Layer.Ppi,
        LinkType.Fddi => Layer.Fddi,
        LinkType.Nflog => Layer.Nflog,
        _ => walk.Stop(DecodeStatus.UnknownLinkType),
    };

    private static DecodeStatus Walk(ref FrameWalk walk, Layer layer)
    {
        for (int headers = 0; layer != Layer.Done; headers++)
        {
            layer = headers < MaximumHeaders ? Read(ref walk, layer) : walk.Stop(DecodeStatus.TooDeep);
        }

        return walk.Status;
    }

    private static Layer Read(ref FrameWalk walk, Layer layer) => layer switch
    {
        Layer.Ethernet => EthernetHeader.Read(ref walk),
        Layer.NullFamily => NullFamilyHeader.Read(ref walk),
        Layer.LinuxSll => LinuxCookedHeader.Read(ref walk),
        Layer.LinuxSll2 => LinuxCookedHeader.ReadVersion2(ref walk),
        Layer.Fddi => FddiHeader.Read(ref walk),
        Layer.Nflog => NflogHeader.Read(ref walk),
        Layer.CiscoHdlc => CiscoHdlcHeader.Read(ref walk),
        Layer.Ieee80211 => WlanHeader.Read(ref walk),
        Layer.Ieee80211Swapped => WlanHeader.ReadSwapped(ref walk),
        Layer.Radiotap => RadiotapHeader.Read(ref walk),
        Layer.Prism => PrismHeader.Read(ref walk),
        Layer.Ppi => PpiHeader.Read(ref walk),

        Layer.Vlan => VlanTag.Read(ref walk),
        Layer.VnTag => VnTag.Read(ref walk),
        Layer.CiscoMetadata => CiscoMetadataHeader.Read(ref walk),
        Layer.FabricPath => FabricPathTag.Read(ref walk),
        Layer.ProviderBackbone => ProviderBackboneTag.Read(ref walk),
        Layer.ServiceHeader => NetworkServiceHeader.Read(ref walk),
        Layer.Llc => LlcHeader.Read(ref walk),
        Layer.Mpls => MplsLabel.Read(ref walk),
        Layer.Pppoe => PppoeHeader.Read(ref walk),
        Layer.Ppp => PppHeader.Read(ref walk),

        Layer.Ip => IpVersion.Next(ref walk),
        Layer.Ipv4 => Ipv4Header.Read(ref walk),
        Layer.Ipv6 => Ipv6Header.Read(ref walk),
        Layer.Ipv6Extension => Ipv6ExtensionHeader.Read(ref walk),
        Layer.Ipv6Fragment => Ipv6FragmentHeader.Read(ref walk),
        Layer.Authentication => AuthenticationHeader.Read(ref walk),

        Layer.Tcp => TcpHeader.Read(ref walk),
        Layer.Udp => UdpHeader.Read(ref walk),
        Layer.Gre => GreHeader.Read(ref walk),
        Layer.Erspan1 => ErspanHeader.ReadType1(ref walk),
        Layer.Erspan2 => ErspanHeader.ReadType2(ref walk),
        Layer.Erspan3 => ErspanHeader.ReadType3(ref walk),
        Layer.Vxlan => VxlanHeader.Read(ref walk),
        Layer.VxlanGpe => VxlanHeader.ReadGeneric(ref walk),
        Layer.Geneve => GeneveHeader.Read(ref walk),
        Layer.Gtpu => GtpuHeader.Read(ref walk),
        Layer.Teredo => TeredoHeader.Read(ref walk),
        Layer.L2tp => L2tpHeader.Read(ref walk),
        Layer.L2tpOverIp => L2tpHeader.ReadOverIp(ref walk),
        Layer.Capwap => CapwapHeader.Read(ref walk),
        Layer.Ayiya => AyiyaHeader.Read(ref walk),
        Layer.UnmarkedPayload => UnmarkedPayload.Next(ref walk),
        _ => walk.Stop(DecodeStatus.UnknownLinkType),
    };
}
