using System.Text.Json;

namespace TlsAppliance.Corpus.Tests;

/// <summary>One event, asked by dotted names; a field that is absent is empty.</summary>
internal sealed class EventDocument
{
    private readonly JsonElement _root;

    public EventDocument(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        _root = document.RootElement.Clone();
    }

    /// <summary>All values under the name in their order, as text; lists and lists of objects are flattened.</summary>
    public string[] Values(string name)
    {
        IEnumerable<JsonElement> found = [_root];
        foreach (string part in name.Split('.'))
        {
            found = found.SelectMany(Flatten).SelectMany(node => Members(node, part));
        }

        return [.. found.SelectMany(Flatten).Select(node => node.ToString())];
    }

    public string Value(string name) => string.Join(", ", Values(name));

    private static IEnumerable<JsonElement> Flatten(JsonElement node) =>
        node.ValueKind == JsonValueKind.Array ? node.EnumerateArray() : [node];

    private static IEnumerable<JsonElement> Members(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out JsonElement member) ? [member] : [];
}
