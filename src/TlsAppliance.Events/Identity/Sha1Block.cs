using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TlsAppliance.Events.Identity;

/// <summary>
/// SHA-1 (RFC 3174) of a message that fits into one block. Of so few bytes the platform's SHA-1 takes four times as long: nearly all of that is spent on making and
/// clearing its context.
/// </summary>
internal static class Sha1Block
{
    /// <summary>Longest message in bytes: the block also holds the mark of its end and its length.</summary>
    internal const int LongestMessage = HashBlocks.Length - HashBlocks.Trailer;

    internal const int DigestLength = 20;

    private const int Rounds = 80;

    internal static void Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        Span<byte> block = stackalloc byte[HashBlocks.Length];
        message.CopyTo(block);
        HashBlocks.Pad(block, message.Length);
        Compress(block, digest);
    }

    private static void Compress(ReadOnlySpan<byte> block, Span<byte> digest)
    {
        Span<uint> words = stackalloc uint[Rounds];
        Expand(block, words);
        (uint a, uint b, uint c, uint d, uint e) = (0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u, 0xC3D2E1F0u);
        for (int i = 0; i < 20; i++)
        {
            uint next = unchecked(BitOperations.RotateLeft(a, 5) + (d ^ (b & (c ^ d))) + e + 0x5A827999u + words[i]);
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        for (int i = 20; i < 40; i++)
        {
            uint next = unchecked(BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + e + 0x6ED9EBA1u + words[i]);
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        for (int i = 40; i < 60; i++)
        {
            uint next = unchecked(BitOperations.RotateLeft(a, 5) + ((b & c) | (d & (b | c))) + e + 0x8F1BBCDCu + words[i]);
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        for (int i = 60; i < Rounds; i++)
        {
            uint next = unchecked(BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + e + 0xCA62C1D6u + words[i]);
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        BinaryPrimitives.WriteUInt32BigEndian(digest, unchecked(0x67452301u + a));
        BinaryPrimitives.WriteUInt32BigEndian(digest[4..], unchecked(0xEFCDAB89u + b));
        BinaryPrimitives.WriteUInt32BigEndian(digest[8..], unchecked(0x98BADCFEu + c));
        BinaryPrimitives.WriteUInt32BigEndian(digest[12..], unchecked(0x10325476u + d));
        BinaryPrimitives.WriteUInt32BigEndian(digest[16..], unchecked(0xC3D2E1F0u + e));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(ReadOnlySpan<byte> block, Span<uint> words)
    {
        for (int i = 0; i < HashBlocks.Words; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        }

        for (int i = HashBlocks.Words; i < words.Length; i++)
        {
            words[i] = BitOperations.RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        }
    }
}
