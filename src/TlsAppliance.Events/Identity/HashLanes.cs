using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TlsAppliance.Events.Identity;

/// <summary>Messages side by side, one in each lane of the widest vectors: the same steps hash all of them at once.</summary>
internal static class HashLanes
{
    /// <summary>Messages.</summary>
    internal const int Count = 16;

    /// <summary>False: one message after the other takes no longer. A field, so that whoever asks can be compiled ahead of time for any processor.</summary>
    internal static readonly bool AreWide = Vector512.IsHardwareAccelerated;

    /// <summary>Word <c>i</c> of each message comes into vector <c>i</c>.</summary>
    /// <param name="messages">Message after message, all of the same length.</param>
    /// <param name="words">As many vectors as a message has words.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Load(ReadOnlySpan<byte> messages, Span<Vector512<uint>> words)
    {
        ReadOnlySpan<uint> from = MemoryMarshal.Cast<byte, uint>(messages);
        Span<uint> to = MemoryMarshal.Cast<Vector512<uint>, uint>(words);
        for (int lane = 0; lane < Count; lane++)
        {
            ReadOnlySpan<uint> message = from.Slice(lane * words.Length, words.Length);
            for (int i = 0; i < message.Length; i++)
            {
                to[(i * Count) + lane] = message[i];
            }
        }

        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BigEndian(words[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<uint> RotateLeft(Vector512<uint> words, [ConstantExpected] byte bits) =>
        Avx512F.IsSupported ? Avx512F.RotateLeft(words, bits) : (words << bits) | (words >>> (32 - bits));

    /// <summary>The bytes of each word in the other order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> BigEndian(Vector512<uint> words)
    {
        Vector512<uint> outer = RotateLeft(words, 8) & Vector512.Create(0x00FF00FFu), inner = RotateLeft(words, 24) & Vector512.Create(0xFF00FF00u);
        return outer | inner;
    }
}
