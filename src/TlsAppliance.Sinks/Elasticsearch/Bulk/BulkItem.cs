namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>One judged item of a bulk answer.</summary>
/// <param name="Verdict">What becomes of the event.</param>
/// <param name="Status">The item's own status.</param>
/// <param name="Type"><c>error.type</c>; empty when the event is settled well.</param>
/// <param name="Reason">Its reason with the innermost cause, as the server wrote it.</param>
internal readonly record struct BulkItem(BulkVerdict Verdict, int Status, string Type = "", string Reason = "");
