using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>Network Service Header (RFC 8300 §2): base with length and next protocol (4), service path (4), context.</summary>
internal static class NetworkServiceHeader
{
    private const int BaseLength = 8;
    private const int NextProtocolOffset = 3;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < BaseLength)
        {
            return walk.Stop(DecodeStatus.TruncatedTag);
        }

        int length = (walk.Rest[1] & 0x3F) * 4;
        int protocol = walk.Rest[NextProtocolOffset];
        if (length < BaseLength)
        {
            return walk.Stop(DecodeStatus.MalformedTunnel);
        }

        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedTag);
        }

        walk.Skip(length);
        return NextProtocol(ref walk, protocol);
    }

    /// <summary>The numbers that NSH and VXLAN-GPE share (RFC 8300 §2.2).</summary>
    public static Layer NextProtocol(ref FrameWalk walk, int protocol) => protocol switch
    {
        1 => Layer.Ipv4,
        2 => Layer.Ipv6,
        3 => Layer.Ethernet,
        4 => Layer.ServiceHeader,
        5 => Layer.Mpls,
        _ => walk.Stop(DecodeStatus.MalformedTunnel),
    };
}
