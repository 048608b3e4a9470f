using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>PPPoE session stage (RFC 2516 §4): version and type (1), code (1), session id (2), length (2); PPP follows.</summary>
internal static class PppoeHeader
{
    private const int Length = 6;
    private const int SessionData = 0;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedPpp);
        }

        if (walk.Rest[1] != SessionData)
        {
            return walk.Stop(DecodeStatus.PppoeDiscovery);
        }

        uint session = walk.UInt16(2);
        int length = walk.UInt16(4);
        walk.Skip(Length);
        walk.Trim(length);
        walk.EnterTunnel(CarrierKind.Pppoe, session);
        return Layer.Ppp;
    }
}
