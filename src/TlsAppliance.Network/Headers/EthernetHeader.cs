using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>Ethernet II and IEEE 802.3: destination (6), source (6), type or length (2).</summary>
internal static class EthernetHeader
{
    public const int Length = 14;
    public const int TypeOffset = 12;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedEthernet);
        }

        int etherType = walk.UInt16(TypeOffset);
        walk.Skip(Length);
        walk.EnterEthernet();
        return EtherType.Next(ref walk, etherType);
    }
}
