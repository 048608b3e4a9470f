using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// The content of a carrier that does not say what it carries (MPLS, GTP-U, L2TPv3): IP or Ethernet, perhaps behind a pseudowire's control
/// word (RFC 4385 §3). The version nibble alone would take a station address that begins with 4 or 6 for IP, so lengths and types are
/// looked at too.
/// </summary>
internal static class UnmarkedPayload
{
    private const int ControlWordLength = 4;
    private const int AssociatedChannel = 1;

    public static Layer Next(ref FrameWalk walk)
    {
        if (LooksLikeIp(walk.Rest) || LooksLikeEthernet(walk.Rest))
        {
            return LooksLikeIp(walk.Rest) ? Layer.Ip : Layer.Ethernet;
        }

        if (walk.Rest.Length < ControlWordLength)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        int nibble = walk.Rest[0] >> 4;
        if (nibble == 0 && LooksLikeEthernet(walk.Rest[ControlWordLength..]))
        {
            walk.Skip(ControlWordLength);
            return Layer.Ethernet;
        }

        // Cut short: too little to look at, but the nibble is clear.
        return nibble is 4 or 6 ? Layer.Ip : walk.Stop(nibble == AssociatedChannel ? DecodeStatus.TunnelControl : DecodeStatus.MplsOther);
    }

    public static bool LooksLikeIp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Ipv4Header.MinimumLength)
        {
            return false;
        }

        // The total length may exceed what was captured, so it has no upper bound here.
        return (bytes[0] >> 4) switch
        {
            4 => (bytes[0] & 0x0F) >= 5
                 && BinaryPrimitives.ReadUInt16BigEndian(bytes[Ipv4Header.TotalLengthOffset..]) is 0 or >= Ipv4Header.MinimumLength
                 && !LooksLikeEthernet(bytes),
            6 => bytes.Length >= Ipv6Header.Length && !LooksLikeEthernet(bytes),
            _ => false,
        };
    }

    /// <summary>An EtherType that we read, followed by what it announces.</summary>
    public static bool LooksLikeEthernet(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= EthernetHeader.Length)
        {
            return false;
        }

        int etherType = BinaryPrimitives.ReadUInt16BigEndian(bytes[EthernetHeader.TypeOffset..]);
        int nibble = bytes[EthernetHeader.Length] >> 4;
        return etherType switch
        {
            EtherType.Ipv4 => nibble == 4,
            EtherType.Ipv6 => nibble == 6,
            EtherType.Vlan or EtherType.ProviderVlan or EtherType.QinQ9100 or EtherType.Arp
                or EtherType.MplsUnicast or EtherType.MplsMulticast or EtherType.PppoeSession or EtherType.Lldp => true,
            _ => false,
        };
    }
}
