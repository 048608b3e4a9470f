namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>One server for all tests of an assembly, started when the first of them asks. A test takes index names of its own.</summary>
public sealed class SharedElasticsearch : IAsyncDisposable
{
    private readonly Lazy<Task<ElasticsearchNode>> _node = new(() => ElasticsearchNode.StartNewAsync());

    public Task<ElasticsearchNode> StartedAsync() => _node.Value;

    public async ValueTask DisposeAsync()
    {
        if (_node.IsValueCreated)
        {
            await (await _node.Value).DisposeAsync();
        }
    }
}
