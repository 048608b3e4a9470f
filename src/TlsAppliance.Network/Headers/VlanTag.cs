using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>IEEE 802.1Q tag behind its EtherType: priority (3 bits), drop eligible (1), VLAN id (12), next EtherType (2 bytes).</summary>
internal static class VlanTag
{
    public const int Length = 4;
    public const int IdMask = 0x0FFF;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedTag);
        }

        int id = walk.UInt16(0) & IdMask;
        int etherType = walk.UInt16(2);
        walk.Skip(Length);
        if (id != 0)
        {
            // Id 0 is a priority tag: the frame is in no VLAN (IEEE 802.1Q §9.6).
            walk.AddVlan((ushort)id);
        }

        return EtherType.Next(ref walk, etherType);
    }
}
