namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>
/// A client whose place another one can take while requests are under way: those end where they began, every later one goes to the new. A client is disposed when
/// nobody uses it any more. Any thread.
/// </summary>
public sealed class ReplaceableClient(IElasticsearchClient first) : IElasticsearchClient
{
    private readonly Lock _lock = new();
    private Tenancy _current = new(first);

    /// <summary>From here on requests go to this one, which becomes ours to dispose.</summary>
    public void Replace(IElasticsearchClient next)
    {
        Tenancy left;
        lock (_lock)
        {
            (left, _current) = (_current, new Tenancy(next));
        }

        Leave(left);
    }

    public ValueTask<ServerInfo> GetInfoAsync(CancellationToken cancellationToken) => UseAsync(client => client.GetInfoAsync(cancellationToken));

    public ValueTask<ElasticsearchAnswer> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        UseAsync(client => client.SendAsync(method, path, json, cancellationToken));

    public ValueTask<ElasticsearchAnswer> BulkAsync(ReadOnlyMemory<byte> ndjson, CancellationToken cancellationToken) =>
        UseAsync(client => client.BulkAsync(ndjson, cancellationToken));

    public void Dispose() => Leave(_current);

    private async ValueTask<T> UseAsync<T>(Func<IElasticsearchClient, ValueTask<T>> use)
    {
        Tenancy tenancy;
        lock (_lock)
        {
            tenancy = _current;
            tenancy.Users++;
        }

        try
        {
            return await use(tenancy.Client).ConfigureAwait(false);
        }
        finally
        {
            Leave(tenancy);
        }
    }

    private void Leave(Tenancy tenancy)
    {
        bool isLast;
        lock (_lock)
        {
            isLast = --tenancy.Users == 0;
        }

        if (isLast)
        {
            tenancy.Client.Dispose();
        }
    }

    /// <summary>A client and how many use it; its being the current one is a use.</summary>
    private sealed class Tenancy(IElasticsearchClient client)
    {
        public IElasticsearchClient Client { get; } = client;

        public int Users { get; set; } = 1;
    }
}
