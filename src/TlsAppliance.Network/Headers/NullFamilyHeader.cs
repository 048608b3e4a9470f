using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>BSD loopback: address family (4), in the byte order of the capturing host (NULL) or of the network (LOOP).</summary>
internal static class NullFamilyHeader
{
    private const int Length = 4;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        uint family = walk.UInt32(0);
        if (family > ushort.MaxValue)
        {
            family = BinaryPrimitives.ReverseEndianness(family);
        }

        walk.Skip(Length);
        return family switch
        {
            2 => Layer.Ipv4,
            // AF_INET6 of Linux, the BSDs and macOS.
            10 or 24 or 28 or 30 => Layer.Ipv6,
            _ => walk.Stop(DecodeStatus.UnknownEtherType),
        };
    }
}
