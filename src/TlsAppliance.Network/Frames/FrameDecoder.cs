namespace TlsAppliance.Network.Frames;

public static class FrameDecoder
{
    /// <summary>Headers of one frame that are walked through, each tag, label and extension header counted. What nests deeper is an attack.</summary>
    public const int MaximumHeaders = 64;

    /// <summary>Decodes a captured frame down to its innermost TCP header. <paramref name="decoded"/> is overwritten.</summary>
    public static DecodeStatus Decode(ReadOnlySpan<byte> frame, LinkType linkType, ref DecodedFrame decoded) => DecodeStatus.UnknownLinkType;

    /// <summary>
    /// Goes on with a reassembled datagram: <paramref name="payload"/> is what follows the IP header of the fragments, <paramref name="header"/>
    /// that of any of them. VLAN and carrier already in <paramref name="decoded"/> stay, unless the payload is a tunnel. May yield a fragment again.
    /// </summary>
    public static DecodeStatus DecodeDatagram(ReadOnlySpan<byte> payload, in FragmentHeader header, ref DecodedFrame decoded) =>
        DecodeStatus.UnknownIpProtocol;
}
