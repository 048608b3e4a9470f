using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TlsAppliance.Network.Flows;

/// <summary>
/// The two endpoints of a connection in canonical order (the numerically lower address and port first), so that both directions
/// have one key. IPv4 addresses are kept as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2); <see cref="IpVersion"/> tells them apart.
/// </summary>
/// <remarks>
/// Made of whole words that are written where they stay: the decoder fills one per frame, and a word that is read soon after its parts were written, or a copy of
/// several words, would have to wait for these writes.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct FlowKey : IEquatable<FlowKey>
{
    private const int PortBits = 16;
    private const int LowPortShift = 48, HighPortShift = 32, VersionShift = 8;

    /// <summary>What stands before an IPv4 address in the lower word.</summary>
    private const ulong Mapped = 0xFFFF_0000_0000;

    private ulong _lowHigh, _lowLow, _highHigh, _highLow;

    /// <summary>Lower port, higher port (16 bits each), 16 bits of nothing, version and protocol (8 bits each).</summary>
    private ulong _numbers;
    private ulong _carrier;

    /// <summary>Lower endpoint's address.</summary>
    public readonly IpAddress LowAddress => new(_lowHigh, _lowLow);

    public readonly IpAddress HighAddress => new(_highHigh, _highLow);

    public readonly ushort LowPort => (ushort)(_numbers >> LowPortShift);

    public readonly ushort HighPort => (ushort)(_numbers >> HighPortShift);

    /// <summary>4 or 6.</summary>
    public readonly byte IpVersion => (byte)(_numbers >> VersionShift);

    /// <summary>IP protocol number; 6 is TCP.</summary>
    public readonly byte Protocol => (byte)_numbers;

    /// <summary>VLAN, interface and tunnel id, when the options put them into the key; otherwise 0.</summary>
    public readonly ulong Carrier => _carrier;

    // The words, for the hash.
    internal readonly ulong LowHigh => _lowHigh;

    internal readonly ulong LowLow => _lowLow;

    internal readonly ulong HighHigh => _highHigh;

    internal readonly ulong HighLow => _highLow;

    internal readonly ulong Numbers => _numbers;

    /// <summary>Makes the canonical key. <paramref name="sourceIsLow"/> tells which endpoint sent the frame.</summary>
    public static FlowKey Create(
        IpAddress source, ushort sourcePort, IpAddress destination, ushort destinationPort, byte ipVersion, byte protocol, out bool sourceIsLow, ulong carrier = 0)
    {
        FlowKey key = default;
        key.Set(
            source.High, source.Low, destination.High, destination.Low,
            (uint)sourcePort << PortBits | destinationPort, ipVersion, protocol, out sourceIsLow);
        key._carrier = carrier;
        return key;
    }

    /// <summary>Becomes the key of a segment over IPv4.</summary>
    /// <param name="source">Address of the sender.</param>
    /// <param name="destination">Address of the receiver.</param>
    /// <param name="ports">The sender's port in the upper half, the receiver's in the lower one, as they stand in the header.</param>
    /// <param name="protocol">IP protocol number.</param>
    /// <param name="sourceIsLow">The sender is the lower endpoint.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetIpv4(uint source, uint destination, uint ports, byte protocol, out bool sourceIsLow)
    {
        ulong from = (ulong)source << PortBits | ports >> PortBits;
        ulong to = (ulong)destination << PortBits | (ushort)ports;
        sourceIsLow = from <= to;
        ulong low = Math.Min(from, to), high = Math.Max(from, to);
        (_lowHigh, _lowLow) = (0, Mapped | low >> PortBits);
        (_highHigh, _highLow) = (0, Mapped | high >> PortBits);
        _numbers = low << LowPortShift | (ulong)(ushort)high << HighPortShift | 4 << VersionShift | protocol;
        _carrier = 0;
    }

    /// <summary>Becomes the key of a segment; addresses in two words each, otherwise as <see cref="SetIpv4"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set(
        ulong sourceHigh, ulong sourceLow, ulong destinationHigh, ulong destinationLow, uint ports, byte ipVersion, byte protocol, out bool sourceIsLow)
    {
        sourceIsLow = sourceHigh != destinationHigh ? sourceHigh < destinationHigh
            : sourceLow != destinationLow ? sourceLow < destinationLow
            : ports >> PortBits <= (ushort)ports;

        // Which one is lower is a matter of chance: swapped without a branch.
        ulong swap = sourceIsLow ? 0 : ulong.MaxValue;
        ulong high = (sourceHigh ^ destinationHigh) & swap, low = (sourceLow ^ destinationLow) & swap;
        (_lowHigh, _lowLow) = (sourceHigh ^ high, sourceLow ^ low);
        (_highHigh, _highLow) = (destinationHigh ^ high, destinationLow ^ low);
        uint ordered = uint.RotateLeft(ports, PortBits & (int)swap);
        _numbers = (ulong)ordered << HighPortShift | (uint)ipVersion << VersionShift | protocol;
        _carrier = 0;
    }

    /// <summary>
    /// The key with both addresses moved by <paramref name="distance"/> within the range of their version: a connection that is another one and yet the same
    /// for any distance. <paramref name="sourceIsLow"/> is turned where the order of the endpoints turns.
    /// </summary>
    public readonly FlowKey Displaced(int distance, ref bool sourceIsLow)
    {
        FlowKey moved = Create(
            Move(LowAddress, distance), LowPort, Move(HighAddress, distance), HighPort, IpVersion, Protocol, out bool lowIsStillLow, _carrier);
        sourceIsLow = sourceIsLow == lowIsStillLow;
        return moved;
    }

    private readonly UInt128 Move(UInt128 address, int distance)
    {
        UInt128 host = IpVersion == 4 ? uint.MaxValue : UInt128.MaxValue;
        return (address & ~host) | ((address + (UInt128)distance) & host);
    }

    public readonly bool Equals(FlowKey other) => Equals(in this, in other);

    public override readonly bool Equals(object? obj) => obj is FlowKey other && Equals(in this, in other);

    /// <summary>Unseeded; tables use <see cref="FlowHash"/>.</summary>
    public override readonly int GetHashCode() => HashCode.Combine(_lowLow, _highLow, _numbers);

    public static bool operator ==(in FlowKey left, in FlowKey right) => Equals(in left, in right);

    public static bool operator !=(in FlowKey left, in FlowKey right) => !Equals(in left, in right);

    private static bool Equals(in FlowKey left, in FlowKey right) =>
        ((left._lowLow ^ right._lowLow) | (left._highLow ^ right._highLow) | (left._numbers ^ right._numbers)
            | (left._lowHigh ^ right._lowHigh) | (left._highHigh ^ right._highHigh) | (left._carrier ^ right._carrier)) == 0;
}
