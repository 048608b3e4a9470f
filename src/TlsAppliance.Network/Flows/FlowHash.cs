using System.Runtime.CompilerServices;

namespace TlsAppliance.Network.Flows;

/// <summary>
/// Hash of a <see cref="FlowKey"/>, the same for both directions because the key is canonical. The secret seed keeps traffic
/// from choosing its bucket or shard; it never enters an event.
/// </summary>
public readonly struct FlowHash
{
    private readonly ulong _seed;

    public FlowHash(ulong seed) => _seed = seed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Compute(in FlowKey key)
    {
        UInt128 low = key.LowAddress, high = key.HighAddress;
        ulong hash = Mix((ulong)low ^ _seed, (ulong)high ^ 0x9E37_79B9_7F4A_7C15);
        hash = Mix(hash ^ (ulong)(low >> 64), (ulong)(high >> 64) ^ _seed);
        return Mix(hash ^ ((ulong)key.LowPort << 48 | (ulong)key.HighPort << 32 | (ulong)key.IpVersion << 8 | key.Protocol), key.Carrier ^ 0xC2B2_AE3D_27D4_EB4F);
    }

    /// <summary>Folded 128-bit product, the mixing step of wyhash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right ^ 0xA076_1D64_78BD_642F, out ulong low);
        return high ^ low;
    }
}
