using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>IEEE 802.1ah I-TAG behind its EtherType: flags (1), service id (3); the customer's Ethernet header follows.</summary>
internal static class ProviderBackboneTag
{
    private const int Length = 4;

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
