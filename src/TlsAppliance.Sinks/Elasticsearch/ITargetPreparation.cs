using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Elasticsearch;

/// <summary>What has to be there before the first event: the template, or its index gets guessed types.</summary>
public interface ITargetPreparation
{
    /// <summary>Called once before the first bulk request, and again after a failure.</summary>
    /// <exception cref="ElasticsearchException">Not possible now; events wait, and it is tried again.</exception>
    ValueTask PrepareAsync(IElasticsearchClient client, ServerInfo server, CancellationToken cancellationToken);
}
