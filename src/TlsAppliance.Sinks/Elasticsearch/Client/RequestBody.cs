using System.IO.Compression;
using System.Net.Http.Headers;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>Makes a request's content: as it is, or packed, always with its length in front.</summary>
internal static class RequestBody
{
    /// <summary>Below this gzip's own frame and the processor time cost more than the bytes saved.</summary>
    private const int SmallestPacked = 256;

    /// <summary>Room to begin with: our events pack to less than a quarter.</summary>
    private const int ExpectedRatio = 4;

    /// <param name="body">The bytes as the server is to see them.</param>
    /// <param name="mediaType">Without parameters.</param>
    /// <param name="level">gzip level, 0 for none.</param>
    public static HttpContent Make(ReadOnlyMemory<byte> body, string mediaType, int level)
    {
        bool packs = level > 0 && body.Length >= SmallestPacked;
        HttpContent content = packs ? Pack(body, level) : new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }

    private static ByteArrayContent Pack(ReadOnlyMemory<byte> body, int level)
    {
        var packed = new MemoryStream(body.Length / ExpectedRatio);
        using (var gzip = new GZipStream(packed, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        var content = new ByteArrayContent(packed.GetBuffer(), 0, (int)packed.Length);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
