namespace TlsAppliance.Network.Flows;

/// <summary>Which endpoint of a connection sent something: the one whose SYN or first payload opened it, or the other.</summary>
public enum FlowDirection : byte
{
    FromOriginator = 0,
    FromResponder = 1,
}
