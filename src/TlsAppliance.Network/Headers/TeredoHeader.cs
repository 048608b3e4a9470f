using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// Teredo (RFC 4380 §5.1.1): perhaps an authentication (13 bytes and more) and an origin indication (8), then an IPv6 packet.
/// </summary>
internal static class TeredoHeader
{
    private const int AuthenticationLength = 13;
    private const int OriginLength = 8;

    public static bool Fits(ReadOnlySpan<byte> payload)
    {
        int length = IndicationsLength(payload);
        return payload.Length >= length + Ipv6Header.Length && payload[length] >> 4 == 6;
    }

    public static Layer Read(ref FrameWalk walk)
    {
        walk.Skip(IndicationsLength(walk.Rest));
        walk.EnterTunnel(CarrierKind.Teredo, 0);
        return Layer.Ipv6;
    }

    private static int IndicationsLength(ReadOnlySpan<byte> payload)
    {
        int length = 0;
        if (payload.Length >= AuthenticationLength && BinaryPrimitives.ReadUInt16BigEndian(payload) == 1)
        {
            length = AuthenticationLength + payload[2] + payload[3];
        }

        bool hasOrigin = payload.Length >= length + OriginLength && BinaryPrimitives.ReadUInt16BigEndian(payload[length..]) == 0;
        return hasOrigin ? length + OriginLength : length;
    }
}
