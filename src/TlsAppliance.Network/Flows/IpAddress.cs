namespace TlsAppliance.Network.Flows;

/// <summary>
/// An address of either version as one big-endian number of 128 bits; IPv4 is mapped (RFC 4291 §2.5.5.2). Two words and no <see cref="UInt128"/>: a method in which that type occurs is not
/// compiled ahead of time, and then is slow until the JIT has come to it twice.
/// </summary>
/// <param name="High">The upper 64 bits.</param>
/// <param name="Low">The lower 64 bits.</param>
public readonly record struct IpAddress(ulong High, ulong Low)
{
    private const int HalfBits = 64;

    /// <summary>The address within an IPv4-mapped one.</summary>
    public uint Ipv4 => (uint)Low;

    /// <summary>The number as such, where speed does not matter.</summary>
    public static implicit operator UInt128(IpAddress address) => new(address.High, address.Low);

    public static implicit operator IpAddress(UInt128 number) => new((ulong)(number >> HalfBits), (ulong)number);
}
