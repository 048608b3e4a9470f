using System.Text.Json.Nodes;
using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Mappings;

/// <summary>
/// How a server indexes the events of a layout: each row of the field table with its type, each name of the other layout as an alias. Only field types that
/// Elasticsearch and OpenSearch both know.
/// </summary>
public static class IndexMapping
{
    /// <summary>Characters of a text that is indexed; a longer one stands in the document only. Packetbeat's number.</summary>
    private const int IgnoreAbove = 1024;

    /// <summary>Objects that nothing but the field table fills: a key that the table does not know is kept in the document and never becomes a field.</summary>
    private static readonly string[] s_closed = ["tls", "tls_appliance"];

    /// <summary>The <c>mappings</c> object of an index template.</summary>
    public static JsonObject Create(EventLayout layout)
    {
        JsonObject properties = [];
        foreach (EventField field in EventFields.All)
        {
            if (field.Path(layout) is { } path)
            {
                Add(properties, path, TypeOf(field.Type, path));
            }
        }

        foreach (FieldAlias alias in FieldAliases.Of(layout))
        {
            Add(properties, alias.Path, new JsonObject { ["type"] = "alias", ["path"] = alias.Target });
        }

        foreach (string name in s_closed)
        {
            properties[name]!["dynamic"] = false;
        }

        return new JsonObject
        {
            ["_meta"] = new JsonObject { ["managed_by"] = IndexTemplate.Owner, ["layout"] = NameOf(layout) },
            ["date_detection"] = false,
            ["dynamic_templates"] = new JsonArray(new JsonObject { ["strings_as_keyword"] = StringsAsKeyword() }),
            ["properties"] = properties,
        };
    }

    /// <summary><c>classic</c> or <c>ecs</c>, as in options, index names and <c>_meta</c>.</summary>
    public static string NameOf(EventLayout layout) => layout == EventLayout.Ecs ? "ecs" : "classic";

    /// <summary>Configured fields are of any name; their texts are keywords, as Packetbeat maps them.</summary>
    private static JsonObject StringsAsKeyword() => new()
    {
        ["match_mapping_type"] = "string",
        ["mapping"] = Keyword(),
    };

    private static JsonObject TypeOf(FieldType type, string path)
    {
        JsonObject mapping = type == FieldType.Keyword ? Keyword() : new JsonObject { ["type"] = SpellingOf(type) };
        if (type is FieldType.Date or FieldType.Long && path.StartsWith("tls.", StringComparison.Ordinal))
        {
            // What a certificate says may be out of the server's range; that must not cost the event.
            mapping["ignore_malformed"] = true;
        }

        return mapping;
    }

    /// <summary>The name of a type in a mapping.</summary>
    public static string SpellingOf(FieldType type) => type switch
    {
        FieldType.Ip => "ip",
        FieldType.Date => "date",
        FieldType.Long => "long",
        FieldType.Boolean => "boolean",
        FieldType.GeoPoint => "geo_point",
        _ => "keyword",
    };

    private static JsonObject Keyword() => new() { ["type"] = "keyword", ["ignore_above"] = IgnoreAbove };

    private static void Add(JsonObject properties, string path, JsonObject mapping)
    {
        string[] names = path.Split('.');
        foreach (string name in names[..^1])
        {
            JsonObject parent = properties[name] as JsonObject ?? [];
            properties[name] ??= parent;
            JsonObject children = parent["properties"] as JsonObject ?? [];
            parent["properties"] ??= children;
            properties = children;
        }

        properties.Add(names[^1], mapping);
    }
}
