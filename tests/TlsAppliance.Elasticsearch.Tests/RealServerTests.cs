using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Elasticsearch.Tests;

/// <summary>What is judged by a real server: skipped with the reason where there is none.</summary>
public abstract class RealServerTests(SharedElasticsearch elasticsearch)
{
    /// <summary>The server that all classes share.</summary>
    protected async Task<ElasticsearchNode> ServerAsync()
    {
        if (ElasticsearchNode.Absence() is { } reason)
        {
            Assert.Skip(reason);
        }

        return await elasticsearch.StartedAsync();
    }
}
