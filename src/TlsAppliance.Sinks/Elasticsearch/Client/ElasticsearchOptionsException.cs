namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>Something that the options name cannot be used, and will not become usable by waiting. The message is one line for the operator.</summary>
public sealed class ElasticsearchOptionsException(string message, Exception? cause = null) : Exception(message, cause);
