using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TlsAppliance.Network.Flows;

/// <summary>
/// The two endpoints of a connection in canonical order (the numerically lower address and port first), so that both directions
/// have one key. IPv4 addresses are kept as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2); <see cref="IpVersion"/> tells them apart.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public readonly struct FlowKey : IEquatable<FlowKey>
{
    private readonly ulong _lowHigh, _lowLow, _highHigh, _highLow;
    private readonly ushort _lowPort, _highPort;
    private readonly byte _ipVersion, _protocol;
    private readonly ushort _reserved;
    private readonly ulong _carrier;

    private FlowKey(UInt128 low, ushort lowPort, UInt128 high, ushort highPort, byte ipVersion, byte protocol, ulong carrier)
    {
        (_lowHigh, _lowLow) = ((ulong)(low >> 64), (ulong)low);
        (_highHigh, _highLow) = ((ulong)(high >> 64), (ulong)high);
        (_lowPort, _highPort) = (lowPort, highPort);
        (_ipVersion, _protocol, _reserved, _carrier) = (ipVersion, protocol, 0, carrier);
    }

    /// <summary>Lower endpoint's address, big-endian numeric value (IPv4-mapped for IPv4).</summary>
    public UInt128 LowAddress => new(_lowHigh, _lowLow);

    public UInt128 HighAddress => new(_highHigh, _highLow);

    public ushort LowPort => _lowPort;

    public ushort HighPort => _highPort;

    /// <summary>4 or 6.</summary>
    public byte IpVersion => _ipVersion;

    /// <summary>IP protocol number; 6 is TCP.</summary>
    public byte Protocol => _protocol;

    /// <summary>VLAN, interface and tunnel id, when the options put them into the key; otherwise 0.</summary>
    public ulong Carrier => _carrier;

    /// <summary>Makes the canonical key. <paramref name="sourceIsLow"/> tells which endpoint sent the frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FlowKey Create(
        UInt128 source, ushort sourcePort, UInt128 destination, ushort destinationPort, byte ipVersion, byte protocol, out bool sourceIsLow, ulong carrier = 0)
    {
        sourceIsLow = source < destination || (source == destination && sourcePort <= destinationPort);
        return sourceIsLow
            ? new FlowKey(source, sourcePort, destination, destinationPort, ipVersion, protocol, carrier)
            : new FlowKey(destination, destinationPort, source, sourcePort, ipVersion, protocol, carrier);
    }

    /// <summary>
    /// The key with both addresses moved by <paramref name="distance"/> within the range of their version: a connection that is another one and yet the same
    /// for any distance. <paramref name="sourceIsLow"/> is turned where the order of the endpoints turns.
    /// </summary>
    public FlowKey Displaced(int distance, ref bool sourceIsLow)
    {
        FlowKey moved = Create(
            Move(LowAddress, distance), _lowPort, Move(HighAddress, distance), _highPort, _ipVersion, _protocol, out bool lowIsStillLow, _carrier);
        sourceIsLow = sourceIsLow == lowIsStillLow;
        return moved;
    }

    private UInt128 Move(UInt128 address, int distance)
    {
        UInt128 host = _ipVersion == 4 ? uint.MaxValue : UInt128.MaxValue;
        return (address & ~host) | ((address + (UInt128)distance) & host);
    }

    public bool Equals(FlowKey other) =>
        _lowLow == other._lowLow && _highLow == other._highLow && _lowPort == other._lowPort && _highPort == other._highPort
        && _lowHigh == other._lowHigh && _highHigh == other._highHigh
        && _ipVersion == other._ipVersion && _protocol == other._protocol && _carrier == other._carrier;

    public override bool Equals(object? obj) => obj is FlowKey other && Equals(other);

    /// <summary>Unseeded; tables use <see cref="FlowHash"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(_lowLow, _highLow, _lowPort, _highPort, _protocol);

    public static bool operator ==(in FlowKey left, in FlowKey right) => left.Equals(right);

    public static bool operator !=(in FlowKey left, in FlowKey right) => !left.Equals(right);
}
