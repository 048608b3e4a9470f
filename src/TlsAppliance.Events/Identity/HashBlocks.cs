using System.Buffers.Binary;

namespace TlsAppliance.Events.Identity;

/// <summary>The blocks that SHA-1 and SHA-256 take a message in (FIPS 180-4 §5.1.1).</summary>
internal static class HashBlocks
{
    /// <summary>Bytes of a block.</summary>
    internal const int Length = 64;

    /// <summary>32-bit words of a block.</summary>
    internal const int Words = Length / sizeof(uint);

    /// <summary>Bytes of the mark behind a message, and of its length at the end of its last block.</summary>
    internal const int Trailer = 1 + sizeof(ulong);

    private const byte EndMark = 0x80;

    /// <summary>Bytes of the whole blocks that a message of this length takes.</summary>
    internal static int LengthFor(int message) => (message + Trailer + Length - 1) / Length * Length;

    /// <summary>Makes blocks that begin with a message of <paramref name="length"/> bytes ready to be hashed.</summary>
    internal static void Pad(Span<byte> blocks, int length)
    {
        blocks[length..].Clear();
        blocks[length] = EndMark;
        BinaryPrimitives.WriteUInt64BigEndian(blocks[^sizeof(ulong)..], (ulong)length * 8);
    }
}
