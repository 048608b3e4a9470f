using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>
/// A few field types, as far as a sender of events can go wrong with them: dates, numbers, addresses, booleans, keywords and objects. What a real server makes
/// of everything else is not told here.
/// </summary>
internal sealed class FakeMapping
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _objects = new(StringComparer.Ordinal);
    private readonly bool _isStrict;

    public FakeMapping(JsonNode? mappings, bool isStream)
    {
        _isStrict = mappings?["dynamic"]?.ToString() == "strict";
        Add("", mappings?["properties"] as JsonObject);
        if (isStream)
        {
            _types.TryAdd("@timestamp", "date");
        }

        IsStream = isStream;
    }

    private bool IsStream { get; }

    /// <summary>Nothing to check: any document is taken unread.</summary>
    public bool IsEmpty => _types.Count == 0 && _objects.Count == 0 && !_isStrict && !IsStream;

    /// <summary>What is wrong with the document; null when it is taken.</summary>
    public (string Type, string Reason, (string Type, string Reason)? Cause)? Check(JsonElement document, string id)
    {
        if (IsStream && Timestamps(document) != 1)
        {
            string reason = Timestamps(document) == 0 ? "data stream timestamp field [@timestamp] is missing" : "data stream timestamp field [@timestamp] encountered multiple values";
            return ("mapper_parsing_exception", "failed to parse", ("illegal_argument_exception", reason));
        }

        return CheckObject("", document, id);
    }

    private static int Timestamps(JsonElement document) =>
        !document.TryGetProperty("@timestamp", out JsonElement time) || time.ValueKind == JsonValueKind.Null ? 0
        : time.ValueKind == JsonValueKind.Array ? time.GetArrayLength()
        : 1;

    private void Add(string prefix, JsonObject? properties)
    {
        foreach ((string name, JsonNode? field) in properties ?? [])
        {
            if (field?["properties"] is JsonObject inner)
            {
                _objects.Add(prefix + name);
                Add(prefix + name + ".", inner);
            }
            else if (field?["type"]?.ToString() is { } type && field["ignore_malformed"]?.ToString() != "true")
            {
                _types[prefix + name] = type;
            }
        }
    }

    private (string Type, string Reason, (string Type, string Reason)? Cause)? CheckObject(string prefix, JsonElement parent, string id)
    {
        foreach (JsonProperty property in parent.EnumerateObject())
        {
            string path = prefix + property.Name;
            if (property.Name.Length == 0)
            {
                return ("mapper_parsing_exception", "failed to parse", ("illegal_argument_exception", "field name cannot be an empty string"));
            }

            if (property.Value.ValueKind == JsonValueKind.Object && !_types.ContainsKey(path))
            {
                if (CheckObject(path + ".", property.Value, id) is { } fault)
                {
                    return fault;
                }

                continue;
            }

            foreach (JsonElement value in property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray().ToArray() : [property.Value])
            {
                if (CheckValue(path, value, id) is { } fault)
                {
                    return fault;
                }
            }
        }

        return null;
    }

    private (string Type, string Reason, (string Type, string Reason)? Cause)? CheckValue(string path, JsonElement value, string id)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (_objects.Contains(path) && value.ValueKind != JsonValueKind.Object)
        {
            return ("mapper_parsing_exception", $"object mapping for [{path}] tried to parse field [{path}] as object, but found a concrete value", null);
        }

        if (!_types.TryGetValue(path, out string? type))
        {
            return _isStrict && !_objects.Contains(path)
                ? ("strict_dynamic_mapping_exception", $"mapping set to strict, dynamic introduction of [{path[(path.LastIndexOf('.') + 1)..]}] within [{(path.Contains('.') ? path[..path.LastIndexOf('.')] : "_doc")}] is not allowed", null)
                : null;
        }

        return Malformed(type, value) is not { } cause ? null
            : ("mapper_parsing_exception", $"failed to parse field [{path}] of type [{type}] in document with id '{id}'. Preview of field's value: '{value}'", cause);
    }

    private static (string Type, string Reason)? Malformed(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("keyword", JsonValueKind.Object) => ("illegal_state_exception", "Can't get text on a START_OBJECT at 1:1"),
        ("date", JsonValueKind.Number) => null,
        ("date", JsonValueKind.String) when IsDate(value.GetString()!) => null,
        ("date", _) => ("illegal_argument_exception", $"failed to parse date field [{value}] with format [strict_date_optional_time||epoch_millis]"),
        ("long", JsonValueKind.Number) when value.TryGetInt64(out _) || value.TryGetDouble(out double number) && Math.Abs(number) < 9.2e18 => null,
        ("long", JsonValueKind.Number) => ("x_content_parse_exception", "Numeric value is out of range of long"),
        ("long", JsonValueKind.String) when double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _) => null,
        ("long", _) => ("illegal_argument_exception", $"For input string: \"{value}\""),
        ("ip", JsonValueKind.String) when IPAddress.TryParse(value.GetString()!, out _) && value.GetString()!.Length > 0 => null,
        ("ip", _) => ("illegal_argument_exception", $"'{value}' is not an IP string literal."),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => null,
        ("boolean", JsonValueKind.String) when value.GetString() is "true" or "false" or "" => null,
        ("boolean", JsonValueKind.String) => ("illegal_argument_exception", $"Failed to parse value [{value}] as only [true] or [false] are allowed."),
        ("boolean", _) => ("x_content_parse_exception", "Current token (VALUE_NUMBER_INT) not of boolean type"),
        _ => null,
    };

    private static bool IsDate(string text) =>
        text.Length >= 10 && text[4] == '-' && !text.Contains(' ') && DateTimeOffset.TryParse(Shortened(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>.NET reads seven digits of a second, the server nine.</summary>
    private static string Shortened(string text)
    {
        int dot = text.IndexOf('.');
        int end = dot < 0 ? -1 : text.IndexOfAny(['Z', '+', '-'], dot);
        return end > dot + 8 ? text[..(dot + 8)] + text[end..] : text;
    }
}
