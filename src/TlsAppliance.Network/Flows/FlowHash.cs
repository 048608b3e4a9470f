using System.Runtime.CompilerServices;

namespace TlsAppliance.Network.Flows;

/// <summary>
/// Hash of a <see cref="FlowKey"/>, the same for both directions because the key is canonical. The secret seed keeps traffic
/// from choosing its bucket or shard; it never enters an event.
/// </summary>
/// <remarks>
/// Both factors of each product hold a secret: whoever knew one could make it zero, and all connections that differ only in the other would be one. The first two
/// products do not need each other, so the processor makes them at once.
/// </remarks>
public readonly struct FlowHash
{
    private readonly ulong _first, _second, _third, _fourth;

    public FlowHash(ulong seed)
    {
        _first = Expand(ref seed);
        _second = Expand(ref seed);
        _third = Expand(ref seed);
        _fourth = Expand(ref seed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Compute(in FlowKey key)
    {
        ulong lower = Mix(key.LowLow ^ _first, key.HighLow ^ _second);
        ulong upper = Mix(key.LowHigh ^ _third, key.HighHigh ^ _fourth);
        return Mix(lower ^ key.Numbers, upper ^ key.Carrier);
    }

    /// <summary>Folded 128-bit product, the mixing step of wyhash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }

    /// <summary>The next number of SplitMix64 (Steele, Lea, Flood 2014): from one seed to several.</summary>
    private static ulong Expand(ref ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15;
        ulong mixed = (state ^ state >> 30) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D0_49BB_1331_11EB;
        return mixed ^ mixed >> 31;
    }
}
