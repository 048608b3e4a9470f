using System.Globalization;
using System.Text.Json;
using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>
/// Judges the body of a bulk answer item by item: by position, by count and, where the item has one, by <c>_id</c>. A body that is not exactly what was
/// asked for judges nothing, because one item that is out of its place makes every other one worthless. <c>errors</c> is a summary and not listened to.
/// </summary>
internal static class BulkAnswer
{
    private const int IdLength = 32;

    /// <param name="body">The unpacked body.</param>
    /// <param name="ids">The ids that were sent, in their order.</param>
    /// <param name="items">Receives one item per id; its content counts only when null is returned.</param>
    /// <returns>What is wrong with the answer, or null when every item has been judged.</returns>
    public static string? Judge(ReadOnlySpan<byte> body, ReadOnlySpan<UInt128> ids, Span<BulkItem> items)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            string? fault = ReadRoot(ref reader, body, ids, items);
            return fault is null && reader.Read() ? "more after its end" : fault;
        }
        catch (JsonException)
        {
            return "not whole JSON";
        }
        catch (InvalidOperationException)
        {
            return "a name that is no text";
        }
    }

    private static string? ReadRoot(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, ReadOnlySpan<UInt128> ids, Span<BulkItem> items)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "no JSON object";
        }

        bool hasItems = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isItems = reader.ValueTextEquals("items"u8);
            bool isErrors = reader.ValueTextEquals("errors"u8);
            reader.Read();
            if (isErrors && reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            {
                return "\"errors\" is neither true nor false";
            }

            if (!isItems)
            {
                reader.Skip();
                continue;
            }

            if (hasItems || reader.TokenType != JsonTokenType.StartArray)
            {
                return hasItems ? "\"items\" twice" : "\"items\" is no array";
            }

            hasItems = true;
            if (ReadItems(ref reader, body, ids, items) is { } fault)
            {
                return fault;
            }
        }

        return hasItems ? null : "no \"items\"";
    }

    private static string? ReadItems(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, ReadOnlySpan<UInt128> ids, Span<BulkItem> items)
    {
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == ids.Length)
            {
                return $"more than {ids.Length} items";
            }

            if (ReadItem(ref reader, body, ids[count], out items[count]) is { } fault)
            {
                return $"item {count}: {fault}";
            }

            count++;
        }

        return count == ids.Length ? null : $"{count} items for {ids.Length} events";
    }

    /// <summary><c>{"create":{...}}</c> and nothing else.</summary>
    private static string? ReadItem(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, UInt128 id, out BulkItem item)
    {
        item = default;
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return "no object with an action";
        }

        if (!reader.ValueTextEquals("create"u8))
        {
            return "another action than create";
        }

        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "the action has no object";
        }

        string? fault = ReadResult(ref reader, body, id, out item);
        return fault ?? (reader.Read() && reader.TokenType == JsonTokenType.EndObject ? null : "more than one action");
    }

    private static string? ReadResult(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, UInt128 id, out BulkItem item)
    {
        item = default;
        int status = 0;
        var error = default(Range?);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isStatus = reader.ValueTextEquals("status"u8);
            bool isError = reader.ValueTextEquals("error"u8);
            bool isId = reader.ValueTextEquals("_id"u8);
            reader.Read();
            if (isStatus)
            {
                if (status != 0 || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out status) || status is < 200 or > 599)
                {
                    return "its status is none";
                }
            }
            else if (isId && !IsId(ref reader, id))
            {
                return "the _id of another event";
            }

            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isError)
            {
                error = start..(int)reader.BytesConsumed;
            }
        }

        return status == 0 ? "no status" : Conclude(status, error is { } range ? body[range] : default, out item);
    }

    private static string? Conclude(int status, ReadOnlySpan<byte> error, out BulkItem item)
    {
        item = new BulkItem(BulkVerdict.Indexed, status);
        if (status < 300)
        {
            return error.IsEmpty ? null : "success and an error";
        }

        // A second run over the same capture has nothing but these: they are recognised without being parsed.
        if (status == 409 && (error.IsEmpty || error.IndexOf("\"version_conflict_engine_exception\""u8) >= 0))
        {
            item = new BulkItem(BulkVerdict.Duplicate, status);
            return null;
        }

        if (error.IsEmpty)
        {
            return string.Create(CultureInfo.InvariantCulture, $"status {status} without an error");
        }

        var value = new Utf8JsonReader(error);
        using JsonDocument document = JsonDocument.ParseValue(ref value);
        ServerError read = ServerError.Read(document.RootElement);
        item = new BulkItem(status == 409 ? BulkVerdict.Retry : BulkItemRule.Judge(status, read.Type, read.Reason), status, read.Type, read.Reason);
        return null;
    }

    private static bool IsId(ref Utf8JsonReader reader, UInt128 id)
    {
        Span<byte> expected = stackalloc byte[IdLength];
        id.TryFormat(expected, out _, "x32", CultureInfo.InvariantCulture);
        return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(expected);
    }
}
