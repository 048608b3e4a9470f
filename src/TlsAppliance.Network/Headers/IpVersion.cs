using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>IP of either version, told apart by its first four bits.</summary>
internal static class IpVersion
{
    public static Layer Next(ref FrameWalk walk)
    {
        if (walk.Rest.IsEmpty)
        {
            return walk.Stop(DecodeStatus.TruncatedIpv4);
        }

        return (walk.Rest[0] >> 4) switch
        {
            4 => Layer.Ipv4,
            6 => Layer.Ipv6,
            _ => walk.Stop(DecodeStatus.MalformedIp),
        };
    }
}
