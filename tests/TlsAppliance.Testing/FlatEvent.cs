using System.Text.Json;

namespace TlsAppliance.Testing;

/// <summary>An event as dotted names and JSON texts, so that nested and dotted forms compare equal. Lists are one value.</summary>
public static class FlatEvent
{
    public static SortedDictionary<string, string> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Flatten(document.RootElement);
    }

    public static SortedDictionary<string, string> Flatten(JsonElement root)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(fields, "", root);
        return fields;
    }

    private static void Add(SortedDictionary<string, string> fields, string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            fields[path] = Normal(value);
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            Add(fields, path.Length == 0 ? property.Name : path + "." + property.Name, property.Value);
        }
    }

    /// <summary>One text for equal values, whatever the order of keys inside lists.</summary>
    private static string Normal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "[" + string.Join(", ", value.EnumerateArray().Select(Normal)) + "]",
        JsonValueKind.Object => "{" + string.Join(", ", Flatten(value).Select(field => field.Key + ": " + field.Value)) + "}",
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };
}
