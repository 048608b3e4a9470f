using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// IEEE 802.2 LLC: destination and source service access point (1 each), control (1); with SNAP an organisation (3) and a type (2) follow.
/// </summary>
internal static class LlcHeader
{
    private const int Length = 3;
    private const int SnapLength = 8;
    private const int UnnumberedInformation = 0x03;

    private const int SpanningTree = 0x42;
    private const int Ip = 0x06;
    private const int Snap = 0xAA;

    private const uint EncapsulatedEthernet = 0x000000;
    private const uint BridgeTunnel = 0x0000F8;
    private const uint Cisco = 0x00000C;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedLlc);
        }

        if (walk.Rest[2] != UnnumberedInformation)
        {
            return walk.Stop(DecodeStatus.LlcOther);
        }

        switch (walk.Rest[0])
        {
            case Snap:
                return ReadSnap(ref walk);
            case Ip:
                walk.Skip(Length);
                return Layer.Ip;
            case SpanningTree:
                return walk.Stop(DecodeStatus.Stp);
            default:
                return walk.Stop(DecodeStatus.LlcOther);
        }
    }

    private static Layer ReadSnap(ref FrameWalk walk)
    {
        if (walk.Rest.Length < SnapLength)
        {
            return walk.Stop(DecodeStatus.TruncatedLlc);
        }

        uint organisation = walk.UInt32(2) & 0xFF_FFFF;
        int type = walk.UInt16(6);
        walk.Skip(SnapLength);
        return organisation switch
        {
            EncapsulatedEthernet or BridgeTunnel when type >= EtherType.Minimum => EtherType.Next(ref walk, type),
            Cisco => walk.Stop(DecodeStatus.CiscoSnap),
            _ => walk.Stop(DecodeStatus.LlcOther),
        };
    }
}
