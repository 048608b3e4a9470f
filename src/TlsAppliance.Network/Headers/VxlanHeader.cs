using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// VXLAN (RFC 7348 §5): flags (1), reserved (3), network identifier (3), reserved (1). The generic extension (VXLAN-GPE) puts the next
/// protocol before the identifier.
/// </summary>
internal static class VxlanHeader
{
    private const int Length = 8;
    private const int NextProtocolOffset = 3;
    private const int IdentifierPresent = 0x08;
    private const int ProtocolPresent = 0x04;
    private const int VersionMask = 0x30;

    /// <summary>Reserved bits are ignored on receipt (§5); when any is set the content must look like Ethernet instead.</summary>
    public static bool Fits(ReadOnlySpan<byte> payload) =>
        payload.Length >= Length + EthernetHeader.Length && (payload[0] & IdentifierPresent) != 0
        && (((payload[0] & VersionMask) | payload[7]) == 0 || UnmarkedPayload.LooksLikeEthernet(payload[Length..]));

    public static bool FitsGeneric(ReadOnlySpan<byte> payload) =>
        payload.Length > Length && (payload[0] & (IdentifierPresent | VersionMask)) == IdentifierPresent;

    public static Layer Read(ref FrameWalk walk)
    {
        Enter(ref walk);
        return Layer.Ethernet;
    }

    public static Layer ReadGeneric(ref FrameWalk walk)
    {
        bool namesProtocol = (walk.Rest[0] & ProtocolPresent) != 0;
        int protocol = walk.Rest[NextProtocolOffset];
        Enter(ref walk);
        return namesProtocol ? NetworkServiceHeader.NextProtocol(ref walk, protocol) : Layer.Ethernet;
    }

    private static void Enter(ref FrameWalk walk)
    {
        walk.EnterTunnel(CarrierKind.Vxlan, walk.UInt32(4) >> 8);
        walk.Skip(Length);
    }
}
