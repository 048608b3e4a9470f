using System.Text.Json;

namespace TlsAppliance.Testing;

/// <summary>
/// An event as dotted names and JSON texts, so that nested and dotted forms compare equal. A list of values is one value, one of objects is
/// told object by object: <c>path[0].name</c>.
/// </summary>
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
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object)
        {
            for (int i = 0; i < value.GetArrayLength(); i++)
            {
                Add(fields, $"{path}[{i}]", value[i]);
            }

            return;
        }

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

    /// <summary>One text for equal values.</summary>
    private static string Normal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "[" + string.Join(", ", value.EnumerateArray().Select(Normal)) + "]",
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };
}
