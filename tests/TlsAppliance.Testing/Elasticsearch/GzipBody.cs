using System.IO.Compression;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>Unpacks a request as Elasticsearch does: of one that was cut, what came so far counts; one that is damaged is an error.</summary>
internal static class GzipBody
{
    /// <summary>Null when it is damaged, or no gzip.</summary>
    public static byte[]? Unpack(byte[] packed, bool isDeflate)
    {
        using var body = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            var source = new CutStream(packed);
            using Stream gzip = isDeflate ? new ZLibStream(source, CompressionMode.Decompress) : new GZipStream(source, CompressionMode.Decompress);
            int read;
            while ((read = gzip.Read(buffer)) > 0)
            {
                body.Write(buffer, 0, read);
            }
        }
        catch (EndOfStreamException)
        {
            // The bytes ended before the gzip did.
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return body.ToArray();
    }

    /// <summary>Tells its end with an exception, so that a reader who wants more is told from one who has found an error.</summary>
    private sealed class CutStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => Position < Length ? base.Read(buffer, offset, count) : throw new EndOfStreamException();
    }
}
