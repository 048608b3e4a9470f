namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>Why there is no answer that can be used.</summary>
public enum ElasticsearchFailure
{
    /// <summary>The host's name has no address.</summary>
    Name,

    /// <summary>Refused, unreachable, reset before a request was sent.</summary>
    Connection,

    /// <summary>The TLS handshake failed, or the certificate is not to be trusted.</summary>
    Tls,

    /// <summary>The proxy does not let us through.</summary>
    Proxy,

    /// <summary>No answer within <c>timeout</c>.</summary>
    Timeout,

    /// <summary>The answer is no HTTP, breaks off, cannot be unpacked or is too long.</summary>
    Answer,

    /// <summary>401: no or wrong credentials.</summary>
    Unauthorized,

    /// <summary>403: the credentials are right, but do not allow this.</summary>
    Forbidden,

    /// <summary>What answers is neither Elasticsearch nor OpenSearch.</summary>
    Product,

    /// <summary>Older than what we can write to.</summary>
    Version,

    /// <summary>What is there already does not go with what we would send: an index of the other layout.</summary>
    Conflict,

    /// <summary>Any other status that says that the server cannot do it now, such as 503.</summary>
    Status,
}
