using System.Globalization;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>Request line and headers.</summary>
internal sealed record RequestHead(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string Path => Uri.UnescapeDataString(Target.Split('?')[0]);

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    public bool IsChunked => Header("Transfer-Encoding").Equals("chunked", StringComparison.OrdinalIgnoreCase);

    public bool IsPacked => Header("Content-Encoding").ToLowerInvariant() is "gzip" or "x-gzip" or "deflate";

    public int ContentLength => int.TryParse(Header("Content-Length"), CultureInfo.InvariantCulture, out int length) ? length : 0;

    public Dictionary<string, string> Query()
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in Target.Contains('?') ? Target[(Target.IndexOf('?') + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            string[] parts = pair.Split('=', 2);
            query[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }

        return query;
    }
}
