using System.Text.Json;
using System.Text.Json.Nodes;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>One item of a bulk answer.</summary>
internal sealed record FakeItem(string Action, string Index, string? Id, int Status)
{
    /// <summary>Taken now, or there already.</summary>
    public bool IsThere => Id is { Length: > 0 } && (Status is (>= 200 and < 300) or 409);

    public string? Result { get; init; }

    public int Version { get; init; } = 1;

    public long SequenceNumber { get; init; }

    public bool ForcedRefresh { get; init; }

    public string? ErrorType { get; init; }

    public string ErrorReason { get; init; } = "";

    public (string Type, string Reason)? Cause { get; init; }

    /// <summary>Errors about an index name it.</summary>
    public string? ErrorIndex { get; init; }

    public static FakeItem Refused(string action, string index, string? id, int status, string type, string reason) =>
        new(action, index, id, status) { ErrorType = type, ErrorReason = reason };

    public void Write(Utf8JsonWriter json, FilterPath filter)
    {
        json.WriteStartObject();
        json.WriteStartObject(Action);
        Write(json, filter, "_index", Index);
        Write(json, filter, "_id", Id);
        if (ErrorType is null)
        {
            WriteSuccess(json, filter);
        }

        if (filter.Has("status"))
        {
            json.WriteNumber("status", Status);
        }

        if (ErrorType is not null && filter.Has("error"))
        {
            WriteError(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public JsonNode ToNode()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            Write(json, FilterPath.All);
        }

        return JsonNode.Parse(text.ToArray())!;
    }

    private static void Write(Utf8JsonWriter json, FilterPath filter, string name, string? value)
    {
        if (filter.Has(name))
        {
            json.WriteString(name, value);
        }
    }

    private void WriteSuccess(Utf8JsonWriter json, FilterPath filter)
    {
        if (!filter.Has("_version"))
        {
            return;
        }

        json.WriteNumber("_version", Version);
        json.WriteString("result", Result);
        if (ForcedRefresh)
        {
            json.WriteBoolean("forced_refresh", true);
        }

        json.WriteStartObject("_shards");
        json.WriteNumber("total", 1);
        json.WriteNumber("successful", 1);
        json.WriteNumber("failed", 0);
        json.WriteEndObject();
        json.WriteNumber("_seq_no", SequenceNumber);
        json.WriteNumber("_primary_term", 1);
    }

    private void WriteError(Utf8JsonWriter json)
    {
        json.WriteStartObject("error");
        json.WriteString("type", ErrorType);
        json.WriteString("reason", ErrorReason);
        if (ErrorIndex is not null)
        {
            json.WriteString("index_uuid", "_na_");
            if (ErrorType == "version_conflict_engine_exception")
            {
                json.WriteString("shard", "0");
            }

            json.WriteString("index", ErrorIndex);
        }

        if (Cause is var (type, reason))
        {
            json.WriteStartObject("caused_by");
            json.WriteString("type", type);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
