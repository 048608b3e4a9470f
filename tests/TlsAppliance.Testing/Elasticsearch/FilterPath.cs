using System.Text.Json.Nodes;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary><c>filter_path</c>: which parts of an answer are wanted. The common one of a bulk client is written straight, any other is cut out afterwards.</summary>
internal sealed class FilterPath
{
    public static readonly FilterPath All = new("");

    private const string ItemPrefix = "items.*.";

    private readonly string[][] _paths;
    private readonly HashSet<string>? _itemFields;

    public FilterPath(string text)
    {
        string[] paths = text.Split(',', StringSplitOptions.RemoveEmptyEntries);
        _paths = [.. paths.Select(path => path.Split('.'))];
        if (paths.Length > 0 && paths.All(path => path == "errors" || (path.StartsWith(ItemPrefix, StringComparison.Ordinal) && !path[ItemPrefix.Length..].Contains('.'))))
        {
            _itemFields = [.. paths.Where(path => path != "errors").Select(path => path[ItemPrefix.Length..])];
        }
    }

    public bool IsAll => _paths.Length == 0;

    /// <summary>Only <c>errors</c> and whole fields of items, the status among them: the writer leaves the rest away itself.</summary>
    public bool IsPlain => _itemFields?.Contains("status") == true;

    public bool Has(string itemField) => !IsPlain || _itemFields!.Contains(itemField);

    public JsonNode Cut(JsonNode node) => Cut(node, _paths) ?? new JsonObject();

    private static JsonNode? Cut(JsonNode? node, string[][] paths)
    {
        if (paths.Any(path => path.Length == 0))
        {
            return node?.DeepClone();
        }

        switch (node)
        {
            case JsonObject parent:
                var kept = new JsonObject();
                foreach ((string name, JsonNode? value) in parent)
                {
                    string[][] rest = [.. paths.Where(path => path[0] == "*" || path[0] == name).Select(path => path[1..])];
                    if (rest.Length > 0 && Cut(value, rest) is { } part)
                    {
                        kept.Add(name, part);
                    }
                }

                return kept.Count > 0 ? kept : null;
            case JsonArray list:
                JsonNode?[] parts = [.. list.Select(element => Cut(element, paths)).Where(part => part is not null)];
                return parts.Length > 0 ? new JsonArray(parts) : null;
            default:
                return null;
        }
    }
}
