using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>Cisco HDLC: address (1), control (1), EtherType (2).</summary>
internal static class CiscoHdlcHeader
{
    private const int Length = 4;
    private const int UnicastAddress = 0x0F;
    private const int MulticastAddress = 0x8F;

    public static bool Fits(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && bytes[0] is UnicastAddress or MulticastAddress && bytes[1] == 0;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        int etherType = walk.UInt16(2);
        walk.Skip(Length);
        return etherType >= EtherType.Minimum ? EtherType.Next(ref walk, etherType) : walk.Stop(DecodeStatus.UnknownEtherType);
    }
}
