using System.IO.Compression;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>Packs an answer for a client that says that it understands gzip, as the server does.</summary>
internal static class AnswerPacking
{
    public static FakeAnswer Pack(FakeRequest request, FakeAnswer answer)
    {
        if (!request.Header("Accept-Encoding").Contains("gzip", StringComparison.Ordinal) || answer.Body.Length == 0 || answer.Headers.ContainsKey("content-encoding"))
        {
            return answer;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(answer.Body);
        }

        return answer with { Body = packed.ToArray(), Headers = new Dictionary<string, string>(answer.Headers) { ["content-encoding"] = "gzip" } };
    }
}
