using System.Runtime.CompilerServices;

namespace TlsAppliance.Network.Reassembly;

/// <summary>
/// A TCP sequence number: arithmetic and order modulo 2³² (RFC 9293 §3.4). Order has a meaning only between numbers less than 2³¹ apart, which
/// the reassembler's window ensures.
/// </summary>
public readonly record struct TcpSequence(uint Value)
{
    /// <summary>Bytes from this number forward to <paramref name="other"/>; negative when <paramref name="other"/> lies behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int DistanceTo(TcpSequence other) => unchecked((int)(other.Value - Value));

    public static TcpSequence operator +(TcpSequence sequence, int bytes) => new(unchecked(sequence.Value + (uint)bytes));

    public static bool operator <(TcpSequence left, TcpSequence right) => left.DistanceTo(right) > 0;

    public static bool operator >(TcpSequence left, TcpSequence right) => left.DistanceTo(right) < 0;

    public static bool operator <=(TcpSequence left, TcpSequence right) => left.DistanceTo(right) >= 0;

    public static bool operator >=(TcpSequence left, TcpSequence right) => left.DistanceTo(right) <= 0;
}
