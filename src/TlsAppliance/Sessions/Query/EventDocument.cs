using System.Text.Json;

namespace TlsAppliance.Sessions.Query;

/// <summary>One event, and its values by dotted path. Lists give each of their values, also below lists of objects.</summary>
internal readonly struct EventDocument(JsonElement root)
{
    public JsonElement Root => root;

    /// <summary>The values at the first of these paths at which there are some.</summary>
    public IReadOnlyList<JsonElement> Values(IReadOnlyList<string> paths)
    {
        var values = new List<JsonElement>();
        foreach (string path in paths)
        {
            Collect(root, path, values);
            if (values.Count > 0)
            {
                break;
            }
        }

        return values;
    }

    /// <summary>All values as one text; empty when there are none.</summary>
    public string Text(IReadOnlyList<string> paths) => string.Join(", ", Values(paths).Select(Text));

    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static void Collect(JsonElement element, ReadOnlySpan<char> path, List<JsonElement> values)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Collect(item, path, values);
            }
        }
        else if (path.IsEmpty)
        {
            if (element.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                values.Add(element);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            int dot = path.IndexOf('.');
            ReadOnlySpan<char> name = dot < 0 ? path : path[..dot];
            if (element.TryGetProperty(name, out JsonElement child))
            {
                Collect(child, dot < 0 ? [] : path[(dot + 1)..], values);
            }

            if (dot >= 0 && element.TryGetProperty(path, out JsonElement dotted))
            {
                Collect(dotted, [], values);
            }
        }
    }
}
