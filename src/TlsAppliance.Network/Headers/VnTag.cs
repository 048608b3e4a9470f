using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>Cisco VN-Tag (IEEE 802.1BR draft) behind its EtherType: virtual interfaces (4 bytes), next EtherType (2).</summary>
internal static class VnTag
{
    private const int Length = 6;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedTag);
        }

        int etherType = walk.UInt16(4);
        walk.Skip(Length);
        return EtherType.Next(ref walk, etherType);
    }
}
