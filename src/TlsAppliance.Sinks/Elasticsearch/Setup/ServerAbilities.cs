using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Elasticsearch.Setup;

/// <summary>What a server can do besides taking events and templates.</summary>
/// <param name="HasLifecycle">It knows index lifecycle management (<c>_ilm</c>). OpenSearch, serverless projects and bare distributions do not.</param>
/// <param name="HasDataStreamAliases">A template may give a data stream an alias.</param>
public sealed record ServerAbilities(bool HasLifecycle, bool HasDataStreamAliases)
{
    /// <summary>An Elasticsearch with everything: what is exported without asking a server.</summary>
    public static ServerAbilities Full { get; } = new(HasLifecycle: true, HasDataStreamAliases: true);

    /// <exception cref="ElasticsearchException">The server cannot be reached, or does not let us ask.</exception>
    public static async ValueTask<ServerAbilities> DetectAsync(IElasticsearchClient client, ServerInfo server, CancellationToken cancellationToken)
    {
        if (server.Product == ServerProduct.OpenSearch)
        {
            return new ServerAbilities(HasLifecycle: false, HasDataStreamAliases: false);
        }

        using ElasticsearchAnswer answer = await client.SendAsync(HttpMethod.Get, "_ilm/status", default, cancellationToken).ConfigureAwait(false);
        if (answer.Status is 401 or 403 or 429 or >= 500)
        {
            throw ElasticsearchException.Refused(answer, "does not say whether it knows ILM");
        }

        // One that does not know it answers 400, 405 or 410, by version and distribution.
        return new ServerAbilities(answer.IsSuccess, HasDataStreamAliases: true);
    }
}
