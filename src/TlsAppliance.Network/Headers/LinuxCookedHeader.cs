using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// Linux "cooked" capture. SLL: packet type (2), ARPHRD type (2), address length (2), address (8), protocol (2). SLL2: protocol (2),
/// reserved (2), interface (4), ARPHRD type (2), packet type (1), address length (1), address (8).
/// </summary>
internal static class LinuxCookedHeader
{
    private const int Length = 16;
    private const int Version2Length = 20;

    private const int Ieee80211Device = 801;
    private const int PrismDevice = 802;
    private const int RadiotapDevice = 803;

    /// <summary>The kernel's pseudo protocols below the EtherTypes.</summary>
    private const int Llc = 0x0004;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        int device = walk.UInt16(2);
        int protocol = walk.UInt16(14);
        walk.Skip(Length);
        return Next(ref walk, device, protocol);
    }

    public static Layer ReadVersion2(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Version2Length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        int protocol = walk.UInt16(0);
        int device = walk.UInt16(8);
        walk.Skip(Version2Length);
        return Next(ref walk, device, protocol);
    }

    private static Layer Next(ref FrameWalk walk, int device, int protocol) => (device, protocol) switch
    {
        (Ieee80211Device, _) => Layer.Ieee80211,
        (PrismDevice, _) => Layer.Prism,
        (RadiotapDevice, _) => Layer.Radiotap,
        (_, Llc) => Layer.Llc,
        (_, < EtherType.Minimum) => walk.Stop(DecodeStatus.UnknownEtherType),
        _ => EtherType.Next(ref walk, protocol),
    };
}
