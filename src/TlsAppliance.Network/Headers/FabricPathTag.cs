using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>Cisco FabricPath behind its EtherType: forwarding tag and time to live (2); the station's Ethernet header follows.</summary>
internal static class FabricPathTag
{
    private const int Length = 2;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedTag);
        }

        walk.Skip(Length);
        return Layer.Ethernet;
    }
}
