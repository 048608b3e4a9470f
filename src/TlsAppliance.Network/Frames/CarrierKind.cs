namespace TlsAppliance.Network.Frames;

/// <summary>The innermost tunnel that a frame was carried in.</summary>
public enum CarrierKind : byte
{
    None = 0,
    Gre,
    Erspan,
    Vxlan,
    Geneve,
    Gtpu,
    IpInIp,
    Mpls,
    Pppoe,
    L2tp,
    Teredo,
    Capwap,
    Ayiya,
}
