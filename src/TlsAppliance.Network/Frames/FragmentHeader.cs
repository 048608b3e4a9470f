namespace TlsAppliance.Network.Frames;

/// <summary>One fragment of an IPv4 (RFC 791 §3.1) or IPv6 (RFC 8200 §4.5) datagram.</summary>
public struct FragmentHeader
{
    public UInt128 Source;
    public UInt128 Destination;
    public uint Identification;

    /// <summary>4 or 6.</summary>
    public byte IpVersion;

    /// <summary>IPv4 protocol, or next header after the IPv6 fragment header.</summary>
    public byte Protocol;

    public bool MoreFragments;

    /// <summary>Offset of this fragment's bytes in the datagram's payload, in bytes.</summary>
    public int FragmentOffset;

    /// <summary>Where the fragment's bytes lie in the decoded bytes.</summary>
    public int DataOffset;

    public int DataLength;
}
