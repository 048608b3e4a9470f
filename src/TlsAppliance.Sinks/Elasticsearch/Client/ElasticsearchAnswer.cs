using System.Buffers;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>A complete answer: status, what we read of its headers, and the unpacked body in pooled memory until <see cref="Dispose"/>.</summary>
public sealed class ElasticsearchAnswer : IDisposable
{
    private byte[]? _pooled;

    internal ElasticsearchAnswer(string host, int status, byte[] pooled, int length)
    {
        (Host, Status, _pooled) = (host, status, pooled);
        Body = pooled.AsMemory(0, length);
    }

    /// <summary>The host that answered, without credentials.</summary>
    public string Host { get; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary><c>X-elastic-product</c>; empty when it is missing, as with every OpenSearch and with the 413 of Elasticsearch.</summary>
    public string Product { get; init; } = "";

    /// <summary>How long the server asks us to stay away (<c>Retry-After</c>); Elasticsearch never does, proxies do.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Invalid after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Null when the body has no <c>error</c>.</summary>
    public ServerError? ReadError() => ServerError.Read(Body);

    public void Dispose()
    {
        if (_pooled is { } pooled)
        {
            (_pooled, Body) = (null, default);
            ArrayPool<byte>.Shared.Return(pooled);
        }
    }
}
