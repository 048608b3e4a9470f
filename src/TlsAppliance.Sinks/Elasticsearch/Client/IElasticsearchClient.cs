namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>
/// The calls that we make to an Elasticsearch or OpenSearch server, so that an official client can take this one's place. Any thread. An answer is an answer
/// whatever its status: only a server that cannot be reached, or breaks off, is an exception.
/// </summary>
public interface IElasticsearchClient : IDisposable
{
    /// <summary>Asks the server what it is (<c>GET /</c>).</summary>
    /// <exception cref="ElasticsearchException">
    /// It cannot be reached, refuses us (<see cref="ElasticsearchFailure.Unauthorized"/>, <see cref="ElasticsearchFailure.Forbidden"/>) or is not what we can
    /// write to (<see cref="ElasticsearchFailure.Product"/>, <see cref="ElasticsearchFailure.Version"/>).
    /// </exception>
    ValueTask<ServerInfo> GetInfoAsync(CancellationToken cancellationToken);

    /// <summary>One JSON call: templates, policies, aliases, counts.</summary>
    /// <param name="method"><c>GET</c>, <c>PUT</c>, <c>POST</c>, <c>HEAD</c> or <c>DELETE</c>.</param>
    /// <param name="path">Path and query below the server's root, escaped, without a leading slash: <c>_index_template/tls-appliance-classic</c>.</param>
    /// <param name="json">The body, or empty for none.</param>
    /// <param name="cancellationToken">Ends the wait; the request may have been carried out.</param>
    /// <returns>The answer with its body, to be disposed by the caller.</returns>
    /// <exception cref="ElasticsearchException">No answer, or not all of it.</exception>
    ValueTask<ElasticsearchAnswer> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken);

    /// <summary>One <c>_bulk</c> request, packed as configured. The answer lists per item its status, its <c>_id</c> and, if there is one, its error.</summary>
    /// <param name="ndjson">Actions and documents, each with its line feed; must not change until the call returns.</param>
    /// <param name="cancellationToken">Ends the wait; the events may have been taken.</param>
    /// <exception cref="ElasticsearchException">No answer, or not all of it: what became of the events is unknown.</exception>
    ValueTask<ElasticsearchAnswer> BulkAsync(ReadOnlyMemory<byte> ndjson, CancellationToken cancellationToken);
}
