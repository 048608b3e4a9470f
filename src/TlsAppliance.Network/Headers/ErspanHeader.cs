using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// Cisco's mirrored Ethernet over GRE. Type I has no header; type II (8 bytes) and III (12, or 20 with the platform's subheader) have
/// version and VLAN (2), class, truncation and session id (2).
/// </summary>
internal static class ErspanHeader
{
    private const int Type2Length = 8;
    private const int Type3Length = 12;
    private const int SubheaderLength = 8;
    private const int SessionMask = 0x03FF;
    private const int SubheaderPresent = 0x1;
    private const int FrameTypeOffset = 10;
    private const int FrameTypeMask = 0x1F;
    private const int IpFrame = 2;

    public static Layer ReadType1(ref FrameWalk walk)
    {
        walk.EnterTunnel(CarrierKind.Erspan, 0);
        return Layer.Ethernet;
    }

    public static Layer ReadType2(ref FrameWalk walk) =>
        walk.Rest.Length < Type2Length ? walk.Stop(DecodeStatus.TruncatedTunnel) : Enter(ref walk, Type2Length, Layer.Ethernet);

    public static Layer ReadType3(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Type3Length)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        bool hasSubheader = (walk.Rest[Type3Length - 1] & SubheaderPresent) != 0;
        int length = Type3Length + (hasSubheader ? SubheaderLength : 0);
        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        int frameType = walk.UInt16(FrameTypeOffset) >> 10 & FrameTypeMask;
        return Enter(ref walk, length, frameType == IpFrame ? Layer.Ip : Layer.Ethernet);
    }

    private static Layer Enter(ref FrameWalk walk, int length, Layer inner)
    {
        walk.EnterTunnel(CarrierKind.Erspan, (uint)(walk.UInt16(2) & SessionMask));
        walk.Skip(length);
        return inner;
    }
}
