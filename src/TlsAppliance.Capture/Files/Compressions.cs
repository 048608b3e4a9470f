using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using ZstdSharp;

namespace TlsAppliance.Capture.Files;

/// <summary>Recognises and unwraps compressed inputs.</summary>
internal static class Compressions
{
    private const uint GzipMagic = 0x8b1f; // RFC 1952 §2.3.1, 16 bits
    private const uint ZstandardMagic = 0xfd2fb528; // RFC 8878 §3.1.1
    private const uint ZstandardSkippableMagic = 0x184d2a50; // RFC 8878 §3.1.2, low four bits free; LZ4 shares it
    private const uint Lz4Magic = 0x184d2204;

    public static Compression Recognise(ReadOnlySpan<byte> first)
    {
        if (first.Length < sizeof(uint))
        {
            return Compression.None;
        }

        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(first);
        return magic switch
        {
            ZstandardMagic => Compression.Zstandard,
            Lz4Magic => Compression.Lz4,
            _ when (magic & 0xffff) == GzipMagic => Compression.Gzip,
            _ when (magic & 0xfffffff0) == ZstandardSkippableMagic => Compression.Zstandard,
            _ => Compression.None,
        };
    }

    /// <summary>
    /// The content of <paramref name="stored"/>, which the returned stream owns. The runtime's gzip tells a cut file only when the process is
    /// configured for strict validation, which Directory.Build.props does.
    /// </summary>
    public static Stream Unwrap(this Compression compression, StoredBytes stored) => compression == Compression.None ? stored : Decompress(compression, stored);

    /// <summary>A method of its own, not inlined: whoever calls it loads the libraries of all of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Stream Decompress(Compression compression, StoredBytes stored) => compression switch
    {
        Compression.Gzip => new GZipStream(stored, CompressionMode.Decompress),
        Compression.Zstandard => new DecompressionStream(stored, leaveOpen: false),
        Compression.Lz4 => new Lz4Frames(stored),
        _ => throw new ArgumentOutOfRangeException(nameof(compression)),
    };

    public static string Name(this Compression compression) => compression switch
    {
        Compression.Gzip => "gzip",
        Compression.Zstandard => "zstd",
        Compression.Lz4 => "lz4",
        _ => "stored",
    };
}
