using System.Net;
using System.Text;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>One entry of <c>hosts</c>, made whole.</summary>
/// <param name="Root">Scheme, host, port and path, which ends with a slash; without credentials.</param>
/// <param name="Authorization">The header's value, from the entry itself or from the options; null without credentials.</param>
internal sealed record HostAddress(Uri Root, string? Authorization)
{
    private const int DefaultPort = 9200;

    /// <summary>The URL as the operator reads it.</summary>
    public string Name { get; } = Root.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <exception cref="FormatException">The entry is no host or URL; the message says what is wrong.</exception>
    public static HostAddress Parse(string host, ElasticsearchOptions options)
    {
        bool hasScheme = host.Contains("://", StringComparison.Ordinal);
        string scheme = options.Protocol == "https" && !options.Tls.Enabled ? "http" : options.Protocol;
        if (!Uri.TryCreate(hasScheme ? host : $"{scheme}://{host}", UriKind.Absolute, out Uri? given) || given.Host.Length == 0)
        {
            throw new FormatException($"\"{host}\" is no host and no URL");
        }

        if (given.Scheme != Uri.UriSchemeHttp && given.Scheme != Uri.UriSchemeHttps)
        {
            throw new FormatException($"\"{given.Scheme}\" is neither http nor https");
        }

        if (given.Query.Length > 0 || given.Fragment.Length > 0)
        {
            throw new FormatException($"\"{host}\": a query belongs into parameters");
        }

        var root = new UriBuilder(given.Scheme, given.Host, PortOf(host, given), given.AbsolutePath.Length > 1 ? given.AbsolutePath : options.Path);
        root.Path = root.Path.TrimEnd('/') + "/";
        return new HostAddress(root.Uri, AuthorizationOf(given.UserInfo, options));
    }

    /// <summary>.NET takes the scheme's port where none is written; Elasticsearch's is another.</summary>
    private static int PortOf(string host, Uri given)
    {
        string authority = host[(host.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split('/')[0];
        string afterName = authority[(authority.LastIndexOfAny(['@', ']']) + 1)..];
        return afterName.Contains(':', StringComparison.Ordinal) ? given.Port : DefaultPort;
    }

    private static string? AuthorizationOf(string userInfo, ElasticsearchOptions options)
    {
        if (userInfo.Length > 0)
        {
            return "Basic " + Base64(WebUtility.UrlDecode(userInfo.Replace("+", "%2B", StringComparison.Ordinal)));
        }

        if (options.ApiKey.Length > 0)
        {
            return "ApiKey " + (options.ApiKey.Contains(':', StringComparison.Ordinal) ? Base64(options.ApiKey) : options.ApiKey);
        }

        return options.Username.Length > 0 ? "Basic " + Base64($"{options.Username}:{options.Password}") : null;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
