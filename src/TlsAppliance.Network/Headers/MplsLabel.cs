using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// One entry of an MPLS label stack (RFC 3032 §2.1): label (20 bits), traffic class (3), bottom of stack (1), time to live (8).
/// </summary>
internal static class MplsLabel
{
    private const int Length = 4;
    private const int BottomOfStack = 0x100;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedMpls);
        }

        uint entry = walk.UInt32(0);
        walk.Skip(Length);
        walk.EnterTunnel(CarrierKind.Mpls, entry >> 12);
        return (entry & BottomOfStack) != 0 ? Layer.UnmarkedPayload : Layer.Mpls;
    }
}
