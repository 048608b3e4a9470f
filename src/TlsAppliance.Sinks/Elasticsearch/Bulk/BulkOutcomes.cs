using System.Globalization;
using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>Reads <see cref="BulkOutcome"/> from a status.</summary>
internal static class BulkOutcomes
{
    public static BulkOutcome Of(int status) => status switch
    {
        200 => BulkOutcome.Answered,
        400 => BulkOutcome.Refused,
        413 => BulkOutcome.TooLarge,
        408 or 425 or 429 or >= 500 => BulkOutcome.Retry,
        >= 300 => BulkOutcome.Blocked,
        _ => BulkOutcome.Retry,
    };

    /// <summary>One line for the operator.</summary>
    public static string Explain(ElasticsearchAnswer answer)
    {
        string error = answer.ReadError() is { } read ? $" {read.Type}: {Short(read.Reason)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{answer.Host}: status {answer.Status}{error}");
    }

    /// <summary>Reasons quote what was sent; the operator needs the beginning, without its control characters.</summary>
    public static string Short(string reason)
    {
        const int Length = 300;
        string cut = reason.Length <= Length ? reason : reason[..Length] + "…";
        return string.Concat(cut.Select(character => char.IsControl(character) ? ' ' : character));
    }
}
