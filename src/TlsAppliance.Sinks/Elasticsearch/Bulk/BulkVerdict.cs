namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>What one item of a bulk answer says about its event.</summary>
internal enum BulkVerdict
{
    /// <summary>Taken now.</summary>
    Indexed,

    /// <summary>There already (409): taken before, by a request whose answer we did not get, or by an earlier run.</summary>
    Duplicate,

    /// <summary>Not now: overload, a shard that is not there yet. Send it again.</summary>
    Retry,

    /// <summary>The target is at fault: blocked, closed, missing, full, not allowed. Keep it until an operator has mended that.</summary>
    Blocked,

    /// <summary>The event itself is at fault and will never be taken: a dead letter.</summary>
    Rejected,
}
