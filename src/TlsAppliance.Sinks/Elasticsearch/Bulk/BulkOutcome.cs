namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>What the status of a bulk request says about the request as a whole.</summary>
internal enum BulkOutcome
{
    /// <summary>200: the items decide.</summary>
    Answered,

    /// <summary>Not now; nothing is known about the events, or nothing was taken.</summary>
    Retry,

    /// <summary>The server does not let us, or is not where we look for it: keep, pause, tell the operator.</summary>
    Blocked,

    /// <summary>400: one action spoils the request, or all our requests are wrong.</summary>
    Refused,

    /// <summary>413: larger than the server takes.</summary>
    TooLarge,
}
