using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// An IPv6 extension header of the usual shape (RFC 6564 §4): next header (1), length in units of 8 bytes beyond the first 8 (1), options.
/// </summary>
internal static class Ipv6ExtensionHeader
{
    private const int Unit = 8;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Unit)
        {
            return walk.Stop(DecodeStatus.TruncatedIpv6);
        }

        int length = (walk.Rest[1] + 1) * Unit;
        if (walk.Rest.Length < length)
        {
            return walk.Stop(walk.Missing > 0 ? DecodeStatus.TruncatedIpv6 : DecodeStatus.MalformedIpv6);
        }

        byte nextHeader = walk.Rest[0];
        walk.Skip(length);
        return IpProtocol.Next(ref walk, nextHeader);
    }
}
