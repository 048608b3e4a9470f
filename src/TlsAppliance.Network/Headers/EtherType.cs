using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>EtherType numbers (IEEE RA) and the layer that each announces.</summary>
internal static class EtherType
{
    public const int Ipv4 = 0x0800;
    public const int Arp = 0x0806;
    public const int TransparentEthernet = 0x6558;
    public const int ReverseArp = 0x8035;
    public const int Vlan = 0x8100;
    public const int Ipv6 = 0x86DD;
    public const int SlowProtocols = 0x8809;
    public const int Ppp = 0x880B;
    public const int MplsUnicast = 0x8847;
    public const int MplsMulticast = 0x8848;
    public const int PppoeDiscovery = 0x8863;
    public const int PppoeSession = 0x8864;
    public const int JumboLlc = 0x8870;
    public const int Eapol = 0x888E;
    public const int ProviderVlan = 0x88A8;
    public const int Lldp = 0x88CC;
    public const int Macsec = 0x88E5;
    public const int ProviderBackbone = 0x88E7;
    public const int FabricPath = 0x8903;
    public const int CiscoMetadata = 0x8909;
    public const int VnTag = 0x8926;
    public const int NetworkServiceHeader = 0x894F;

    /// <summary>Outer tags of equipment older than 802.1ad.</summary>
    public const int QinQ9100 = 0x9100;
    public const int QinQ9200 = 0x9200;
    public const int QinQ9300 = 0x9300;

    /// <summary>Smaller values are a length (IEEE 802.3 §3.2.6).</summary>
    public const int Minimum = 0x0600;

    public static Layer Next(ref FrameWalk walk, int etherType) => etherType switch
    {
        Ipv4 => Layer.Ipv4,
        Ipv6 => Layer.Ipv6,
        Vlan or ProviderVlan or QinQ9100 or QinQ9200 or QinQ9300 => Layer.Vlan,
        MplsUnicast or MplsMulticast => Layer.Mpls,
        PppoeSession => Layer.Pppoe,
        Ppp => Layer.Ppp,
        TransparentEthernet => Layer.Ethernet,
        ProviderBackbone => Layer.ProviderBackbone,
        CiscoMetadata => Layer.CiscoMetadata,
        FabricPath => Layer.FabricPath,
        VnTag => Layer.VnTag,
        NetworkServiceHeader => Layer.ServiceHeader,
        JumboLlc => Layer.Llc,
        < Minimum => ReadLength(ref walk, etherType),
        _ => walk.Stop(Unused(etherType)),
    };

    private static Layer ReadLength(ref FrameWalk walk, int length)
    {
        walk.Trim(length);
        return Layer.Llc;
    }

    private static DecodeStatus Unused(int etherType) => etherType switch
    {
        Arp or ReverseArp => DecodeStatus.Arp,
        Lldp => DecodeStatus.Lldp,
        SlowProtocols => DecodeStatus.Lacp,
        Eapol => DecodeStatus.Eapol,
        Macsec => DecodeStatus.Macsec,
        PppoeDiscovery => DecodeStatus.PppoeDiscovery,
        _ => DecodeStatus.UnknownEtherType,
    };
}
