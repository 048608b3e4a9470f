using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Fragments;

/// <summary>
/// What the fragments of one datagram have in common (RFC 791 §3.2; RFC 8200 §4.5, where the protocol is that of the first fragment
/// header).
/// </summary>
internal readonly record struct FragmentKey(UInt128 Source, UInt128 Destination, uint Identification, byte IpVersion, byte Protocol)
{
    public static FragmentKey Of(in FragmentHeader header) =>
        new(header.Source, header.Destination, header.Identification, header.IpVersion, header.Protocol);

    /// <summary>Seeded per process and mixed over all fields: traffic cannot choose its bucket.</summary>
    public override int GetHashCode() => HashCode.Combine(Source, Destination, Identification, IpVersion, Protocol);
}
