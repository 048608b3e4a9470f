using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TlsAppliance.Events.Identity.HashLanes;

namespace TlsAppliance.Events.Identity;

/// <summary>SHA-1 (RFC 3174) of <see cref="HashLanes.Count"/> messages of one block at once. Ready messages: the mark of their ends and their lengths are in them.</summary>
internal static class Sha1Lanes
{
    internal const int DigestWords = 5;

    private const int Rounds = 80;
    private const int RoundsOfOneKind = 20;

    /// <summary>Nothing is gained by a slow version first: the processor's own vectors are not compiled ahead of time.</summary>
    /// <param name="block">The messages as <see cref="Load"/> places them.</param>
    /// <param name="digest"><see cref="DigestWords"/> vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Hash(ReadOnlySpan<Vector512<uint>> block, Span<Vector512<uint>> digest)
    {
        Span<Vector512<uint>> words = stackalloc Vector512<uint>[Rounds];
        block.CopyTo(words);
        for (int i = HashBlocks.Words; i < Rounds; i++)
        {
            words[i] = RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        }

        (digest[0], digest[1], digest[2]) = (Vector512.Create(0x67452301u), Vector512.Create(0xEFCDAB89u), Vector512.Create(0x98BADCFEu));
        (digest[3], digest[4]) = (Vector512.Create(0x10325476u), Vector512.Create(0xC3D2E1F0u));
        (Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d, Vector512<uint> e) = (digest[0], digest[1], digest[2], digest[3], digest[4]);
        for (int i = 0; i < Rounds; i++)
        {
            Vector512<uint> mixed = (i / RoundsOfOneKind) switch
            {
                0 => (d ^ (b & (c ^ d))) + Vector512.Create(0x5A827999u),
                1 => (b ^ c ^ d) + Vector512.Create(0x6ED9EBA1u),
                2 => ((b & c) | (d & (b | c))) + Vector512.Create(0x8F1BBCDCu),
                _ => (b ^ c ^ d) + Vector512.Create(0xCA62C1D6u),
            };
            (e, d, c, b, a) = (d, c, RotateLeft(b, 30), a, RotateLeft(a, 5) + mixed + e + words[i]);
        }

        digest[0] += a;
        digest[1] += b;
        digest[2] += c;
        digest[3] += d;
        digest[4] += e;
    }
}
