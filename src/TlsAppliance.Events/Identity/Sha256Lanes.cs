using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TlsAppliance.Events.Identity.HashLanes;

namespace TlsAppliance.Events.Identity;

/// <summary>SHA-256 (FIPS 180-4 §6.2) of <see cref="HashLanes.Count"/> messages at once. Ready messages: the mark of their ends and their lengths are in them.</summary>
internal static class Sha256Lanes
{
    internal const int DigestWords = 8;

    private const int Rounds = 64;

    /// <summary>Fractional parts of the square roots of the first eight primes (§5.3.3).</summary>
    private static ReadOnlySpan<uint> Initial => [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    /// <summary>Fractional parts of the cube roots of the first 64 primes (§4.2.2).</summary>
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5, 0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA, 0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85, 0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3, 0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    /// <param name="words">The messages as <see cref="Load"/> places them, whole blocks.</param>
    /// <param name="digest"><see cref="DigestWords"/> vectors.</param>
    internal static void Hash(ReadOnlySpan<Vector512<uint>> words, Span<Vector512<uint>> digest)
    {
        for (int i = 0; i < DigestWords; i++)
        {
            digest[i] = Vector512.Create(Initial[i]);
        }

        for (; !words.IsEmpty; words = words[HashBlocks.Words..])
        {
            Compress(words[..HashBlocks.Words], digest);
        }
    }

    /// <summary>Nothing is gained by a slow version first: the processor's own vectors are not compiled ahead of time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compress(ReadOnlySpan<Vector512<uint>> block, Span<Vector512<uint>> state)
    {
        Span<Vector512<uint>> words = stackalloc Vector512<uint>[Rounds];
        block.CopyTo(words);
        for (int i = HashBlocks.Words; i < Rounds; i++)
        {
            Vector512<uint> near = words[i - 2], far = words[i - 15];
            words[i] = words[i - 16] + words[i - 7]
                + (RotateLeft(far, 25) ^ RotateLeft(far, 14) ^ (far >>> 3))
                + (RotateLeft(near, 15) ^ RotateLeft(near, 13) ^ (near >>> 10));
        }

        (Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d) = (state[0], state[1], state[2], state[3]);
        (Vector512<uint> e, Vector512<uint> f, Vector512<uint> g, Vector512<uint> h) = (state[4], state[5], state[6], state[7]);
        for (int i = 0; i < Rounds; i++)
        {
            Vector512<uint> first = h + (RotateLeft(e, 26) ^ RotateLeft(e, 21) ^ RotateLeft(e, 7)) + (g ^ (e & (f ^ g))) + Vector512.Create(Constants[i]) + words[i];
            Vector512<uint> second = (RotateLeft(a, 30) ^ RotateLeft(a, 19) ^ RotateLeft(a, 10)) + ((a & b) | (c & (a | b)));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
