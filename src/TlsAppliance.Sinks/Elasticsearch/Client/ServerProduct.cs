namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>What a server says that it is.</summary>
public enum ServerProduct
{
    Elasticsearch,
    OpenSearch,
}
