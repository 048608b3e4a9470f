using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using ZstdSharp;

namespace TlsAppliance.Capture.Tests;

/// <summary>Compresses what a test wrote.</summary>
internal static class Packing
{
    public static byte[] Pack(this byte[] content, string compression)
    {
        using MemoryStream packed = new();
        using (Stream stream = Wrap(packed, compression))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }

    private static Stream Wrap(MemoryStream packed, string compression) => compression switch
    {
        "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        "zstd" => new CompressionStream(packed, leaveOpen: true),
        "lz4" => LZ4Stream.Encode(packed, leaveOpen: true),
        _ => throw new ArgumentOutOfRangeException(nameof(compression)),
    };
}
