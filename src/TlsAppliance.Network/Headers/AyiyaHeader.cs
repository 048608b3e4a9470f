using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// AYIYA (draft-massar-v6ops-ayiya §4): identity length as a power of two and kind (1), signature length in words and method (1),
/// authentication and operation (1), next header (1), time (4), identity, signature.
/// </summary>
internal static class AyiyaHeader
{
    private const int Length = 8;
    private const int Forward = 1;
    private const int OperationMask = 0x0F;
    private const int NextHeaderOffset = 3;

    public static bool Fits(ReadOnlySpan<byte> payload) =>
        payload.Length > Length && payload[NextHeaderOffset] is IpProtocol.Ipv6 or IpProtocol.Ipv4 or IpProtocol.NoNextHeader
        && HeaderLength(payload) <= payload.Length;

    public static Layer Read(ref FrameWalk walk)
    {
        byte nextHeader = walk.Rest[NextHeaderOffset];
        if ((walk.Rest[2] & OperationMask) != Forward || nextHeader == IpProtocol.NoNextHeader)
        {
            return walk.Stop(DecodeStatus.TunnelControl);
        }

        walk.Skip(HeaderLength(walk.Rest));
        walk.EnterTunnel(CarrierKind.Ayiya, 0);
        return nextHeader == IpProtocol.Ipv6 ? Layer.Ipv6 : Layer.Ipv4;
    }

    private static int HeaderLength(ReadOnlySpan<byte> payload) => Length + (1 << (payload[0] >> 4)) + ((payload[1] >> 4) * 4);
}
