using System.Text.Json;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>A server as it presents itself at <c>GET /</c>.</summary>
/// <param name="Host">The URL that answered, without credentials.</param>
/// <param name="Product">Which of the two.</param>
/// <param name="Version">As the server writes it: <c>8.2.3</c>, <c>9.1.0-SNAPSHOT</c>.</param>
/// <param name="Major">The number before the first dot.</param>
/// <param name="ClusterName">The cluster's name, as its operator chose it.</param>
/// <param name="ClusterUuid">The same for every node of the cluster.</param>
public sealed record ServerInfo(string Host, ServerProduct Product, string Version, int Major, string ClusterName, string ClusterUuid)
{
    /// <summary>The first Elasticsearch with composable templates for data streams; 8 and 9 are what it is tested with.</summary>
    private const int OldestMajor = 7;

    private const int CurrentMajor = 8;

    /// <summary>
    /// Elasticsearch is told by its header <c>X-elastic-product</c>, OpenSearch by <c>version.distribution</c>. Anything else that answers 200, such as the
    /// login page of a proxy, is not written to.
    /// </summary>
    /// <param name="answer">What came for <c>GET /</c>.</param>
    /// <param name="allowsOlder">Elasticsearch 7 is taken, too.</param>
    /// <exception cref="ElasticsearchException">See <see cref="IElasticsearchClient.GetInfoAsync"/>.</exception>
    internal static ServerInfo Read(ElasticsearchAnswer answer, bool allowsOlder)
    {
        if (answer.Status != 200)
        {
            throw ElasticsearchException.Refused(answer, "does not say what it is");
        }

        ServerInfo info = Parse(answer)
            ?? throw new ElasticsearchException(ElasticsearchFailure.Product, answer.Host, "is neither Elasticsearch nor OpenSearch");
        if (info.Product == ServerProduct.Elasticsearch && info.Major < (allowsOlder ? OldestMajor : CurrentMajor))
        {
            throw new ElasticsearchException(
                ElasticsearchFailure.Version, answer.Host, $"is Elasticsearch {info.Version}, older than {(allowsOlder ? OldestMajor : CurrentMajor)}.0");
        }

        return info;
    }

    private static ServerInfo? Parse(ElasticsearchAnswer answer)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("version", out JsonElement version) || version.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            string number = Text(version, "number");
            ServerProduct? product = Text(version, "distribution") == "opensearch" ? ServerProduct.OpenSearch
                : answer.Product == "Elasticsearch" ? ServerProduct.Elasticsearch
                : null;
            return product is { } known && int.TryParse(number.Split('.')[0], out int major)
                ? new ServerInfo(answer.Host, known, number, major, Text(root, "cluster_name"), Text(root, "cluster_uuid"))
                : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
