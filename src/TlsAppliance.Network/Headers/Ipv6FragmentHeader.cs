using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// IPv6 fragment header (RFC 8200 §4.5): next header (1), reserved (1), offset (13 bits), reserved (2), more fragments (1), identification
/// (4). A datagram that is its only fragment ("atomic", RFC 6946) is whole.
/// </summary>
internal static class Ipv6FragmentHeader
{
    private const int Length = 8;
    private const int OffsetMask = 0xFFF8;
    private const int MoreFragments = 0x0001;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedIpv6);
        }

        byte nextHeader = walk.Rest[0];
        int fragment = walk.UInt16(2);
        uint identification = walk.UInt32(4);
        walk.Skip(Length);
        return (fragment & (OffsetMask | MoreFragments)) == 0
            ? IpProtocol.Next(ref walk, nextHeader)
            : walk.StopAtFragment(identification, nextHeader, fragment & OffsetMask, (fragment & MoreFragments) != 0);
    }
}
