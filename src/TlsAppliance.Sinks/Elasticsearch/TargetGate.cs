using TlsAppliance.Sinks.Elasticsearch.Bulk;
using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Elasticsearch;

/// <summary>Lets the workers through when the server has been found to be one that we can write to, and is prepared. Until then it tries again and again.</summary>
internal sealed class TargetGate(IElasticsearchClient client, ITargetPreparation? preparation, RetryDelay delay, TimeProvider time)
{
    /// <param name="report">Told why the gate stays closed, and with null when it opens.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task OpenAsync(Action<ElasticsearchException?> report, CancellationToken cancellationToken)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                ServerInfo server = await client.GetInfoAsync(cancellationToken).ConfigureAwait(false);
                if (preparation is not null)
                {
                    await preparation.PrepareAsync(client, server, cancellationToken).ConfigureAwait(false);
                }

                report(null);
                return;
            }
            catch (ElasticsearchException failure)
            {
                report(failure);
                await Task.Delay(delay.After(failures), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
