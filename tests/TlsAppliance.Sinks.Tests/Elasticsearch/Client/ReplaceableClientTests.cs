using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Client;

public class ReplaceableClientTests
{
    [Fact]
    public async Task A_request_ends_where_it_began_and_only_then_is_its_client_disposed()
    {
        HeldClient first = new(), second = new();
        var client = new ReplaceableClient(first);
        Task underWay = client.BulkAsync(default, CancellationToken.None).AsTask();
        client.Replace(second);
        Assert.Equal((1, 0, false), (first.Requests, second.Requests, first.IsDisposed));

        Task later = client.BulkAsync(default, CancellationToken.None).AsTask();
        Assert.Equal((1, 1), (first.Requests, second.Requests));
        first.Gate.SetException(new ElasticsearchException(ElasticsearchFailure.Connection, "http://es", "gone"));
        await Assert.ThrowsAsync<ElasticsearchException>(() => underWay);
        Assert.Equal((true, false), (first.IsDisposed, second.IsDisposed));

        second.Gate.SetException(new ElasticsearchException(ElasticsearchFailure.Connection, "http://es", "gone"));
        await Assert.ThrowsAsync<ElasticsearchException>(() => later);
        Assert.False(second.IsDisposed);
        client.Dispose();
        Assert.True(second.IsDisposed);
    }

    private sealed class HeldClient : IElasticsearchClient
    {
        public TaskCompletionSource<ElasticsearchAnswer> Gate { get; } = new();

        public int Requests { get; private set; }

        public bool IsDisposed { get; private set; }

        public ValueTask<ServerInfo> GetInfoAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ElasticsearchAnswer> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ElasticsearchAnswer> BulkAsync(ReadOnlyMemory<byte> ndjson, CancellationToken cancellationToken)
        {
            Requests++;
            return new ValueTask<ElasticsearchAnswer>(Gate.Task);
        }

        public void Dispose() => IsDisposed = true;
    }
}
