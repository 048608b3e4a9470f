using System.Text.RegularExpressions;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>Which media types Elasticsearch 8.2 and OpenSearch 2 take with a bulk request, and how they refuse the others.</summary>
internal static partial class MediaTypes
{
    private static readonly string[] s_plain = ["application/json", "application/x-ndjson", "application/yaml", "application/smile", "application/cbor", "application/vnd.elasticsearch+json", "application/vnd.elasticsearch+x-ndjson"];

    /// <summary>Null when the request may go on.</summary>
    public static FakeAnswer? Refusal(FakeRequest request, bool isOpenSearch)
    {
        string content = request.Header("Content-Type");
        string accept = request.Header("Accept");
        if (request.Body.Length == 0)
        {
            return isOpenSearch || Version(accept) is null or "7" or "8" ? null : Versions();
        }

        if (isOpenSearch && content.Contains("vnd.elasticsearch", StringComparison.Ordinal))
        {
            return FakeAnswer.TextError(406, $"Content-Type header [{content}] is not supported");
        }

        if (Version(content) is { } version && !isOpenSearch)
        {
            return version == "8" || version == "7"
                ? Version(accept) == version ? null : Versions()
                : Versions();
        }

        if (Version(accept) is not null && !isOpenSearch)
        {
            return Versions();
        }

        string type = content.Split(';')[0].Trim().ToLowerInvariant();
        return request.Headers.ContainsKey("Content-Type") && !type.Contains('/', StringComparison.Ordinal) ? FakeAnswer.Error(400, isOpenSearch ? "content_type_header_exception" : "media_type_header_exception", "Invalid media-type value on headers [Content-Type]")
            : s_plain.Contains(type) ? null
            : FakeAnswer.TextError(406, $"Content-Type header [{content}] is not supported");
    }

    /// <summary>A good answer comes in the type that was asked for, without the blank.</summary>
    public static FakeAnswer Answer(FakeRequest request, FakeAnswer answer, bool isOpenSearch) =>
        !isOpenSearch && answer.ContentType == "application/json" && Version(request.Header("Accept")) is { } version
            ? answer with { ContentType = $"application/vnd.elasticsearch+json;compatible-with={version}" }
            : answer;

    private static FakeAnswer Versions() => FakeAnswer.Error(400, "media_type_header_exception", "Invalid media-type value on headers [Accept, Content-Type]");

    private static string? Version(string header) => Compatible().Match(header) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"vnd\.elasticsearch\+[a-z-]+;\s*compatible-with=(\w+)")]
    private static partial Regex Compatible();
}
