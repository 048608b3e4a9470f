namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>
/// Who is at fault when an item is refused. Statuses do not tell: a full disk comes as 429 or 403, a shard limit as 400, a missing index as 404. The first
/// rule that fits decides.
/// </summary>
/// <param name="Status">The item's status; null fits any.</param>
/// <param name="Type"><c>error.type</c>; null fits any.</param>
/// <param name="Phrase">A part of the reason, where the type alone is ambiguous; null fits any.</param>
/// <param name="Verdict">What it means.</param>
internal sealed record BulkItemRule(int? Status, string? Type, string? Phrase, BulkVerdict Verdict)
{
    /// <summary>Each row was seen in the answers of Elasticsearch 8.2.3 or OpenSearch 2.19.1, or stands in the source of a later version.</summary>
    private static readonly BulkItemRule[] s_rules =
    [
        // The disk is full (flood stage, 429 since 7.8, 403 before), or somebody has blocked the index.
        new(null, "cluster_block_exception", null, BulkVerdict.Blocked),
        new(429, null, null, BulkVerdict.Retry),
        new(408, null, null, BulkVerdict.Retry),
        new(401, null, null, BulkVerdict.Blocked),
        new(403, null, null, BulkVerdict.Blocked),
        new(404, "document_missing_exception", null, BulkVerdict.Rejected),
        new(404, null, null, BulkVerdict.Blocked),

        // Too many shards in the cluster; the limit is checked when the index of a new day is to be made.
        new(400, "validation_exception", null, BulkVerdict.Blocked),
        new(400, "index_closed_exception", null, BulkVerdict.Blocked),
        new(400, "invalid_index_name_exception", null, BulkVerdict.Blocked),
        new(400, "invalid_alias_name_exception", null, BulkVerdict.Blocked),
        new(400, "resource_already_exists_exception", null, BulkVerdict.Retry),

        // One type for many things. These are about the index, its template or its pipeline.
        new(400, "illegal_argument_exception", "pipeline with id", BulkVerdict.Blocked),
        new(400, "illegal_argument_exception", "no write index is defined for alias", BulkVerdict.Blocked),
        new(400, "illegal_argument_exception", "has more than one index associated with it", BulkVerdict.Blocked),
        new(400, "illegal_argument_exception", "unknown setting", BulkVerdict.Blocked),
        new(400, "illegal_argument_exception", "composable template [", BulkVerdict.Blocked),
        new(400, "illegal_argument_exception", "only write ops with an op_type of create are allowed in data streams", BulkVerdict.Blocked),
        new(400, "mapper_parsing_exception", "Failed to parse mapping", BulkVerdict.Blocked),
        new(400, "mapper_parsing_exception", "No handler for type", BulkVerdict.Blocked),

        // All else that comes as 400 is about the document: mapper_parsing, document_parsing, strict_dynamic_mapping, routing_missing, limits of fields and depth.
        new(400, null, null, BulkVerdict.Rejected),
        new(413, null, null, BulkVerdict.Rejected),
        new(422, null, null, BulkVerdict.Rejected),
    ];

    /// <summary>Any other refusal, such as 405: nothing that an event could have done.</summary>
    private const BulkVerdict OtherRefusal = BulkVerdict.Blocked;

    /// <param name="status">300 to 599, without 409.</param>
    /// <param name="type"><c>error.type</c>.</param>
    /// <param name="reason"><c>error.reason</c> and causes.</param>
    public static BulkVerdict Judge(int status, string type, string reason)
    {
        if (status >= 500)
        {
            return BulkVerdict.Retry;
        }

        foreach (BulkItemRule rule in s_rules)
        {
            if (rule.Fits(status, type, reason))
            {
                return rule.Verdict;
            }
        }

        return OtherRefusal;
    }

    private bool Fits(int status, string type, string reason) =>
        (Status is null || Status == status)
        && (Type is null || Type == type)
        && (Phrase is null || reason.Contains(Phrase, StringComparison.Ordinal));
}
