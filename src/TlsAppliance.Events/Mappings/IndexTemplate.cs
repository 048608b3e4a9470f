using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TlsAppliance.Events.Mappings;

/// <summary>
/// A composable index template (<c>_index_template</c>) for the events of one layout. Its text depends on nothing but these members, so that the same
/// appliance renders the same template everywhere.
/// </summary>
public sealed record IndexTemplate
{
    /// <summary>Who manages templates and policies that name it in <c>_meta.managed_by</c>.</summary>
    public const string Owner = "tls-appliance";

    /// <summary>The alias under which patterns such as <c>packetbeat-*</c> find the events.</summary>
    public const string PacketbeatAlias = "packetbeat-tls-appliance";

    /// <summary>The same for a data stream: one name cannot be an alias of indices and of data streams, and a server refuses the events of whoever comes second.</summary>
    public const string PacketbeatStreamAlias = PacketbeatAlias + "-stream";

    /// <summary>Rises when the text of the template changes for the same options; one of a later appliance is left alone.</summary>
    public const int Version = 1;

    /// <summary>Above the templates that come with a server (100 for <c>logs-*-*</c>).</summary>
    private const int Priority = 200;

    /// <summary>Fields and aliases of ours are fewer than 700; the rest is for configured fields. The server's own limit is 1000.</summary>
    private const int TotalFields = 2000;

    private const int DigestDigits = 16;

    public required EventLayout Layout { get; init; }

    /// <summary>Names of indices, or of one data stream, that the template is for.</summary>
    public required IReadOnlyList<string> Patterns { get; init; }

    /// <summary>The names are those of data streams.</summary>
    public bool IsDataStream { get; init; }

    /// <summary>The alias that each index gets; null: none.</summary>
    public string? Alias { get; init; } = PacketbeatAlias;

    /// <summary>Lifecycle policy of each index; null where the server knows none.</summary>
    public string? LifecyclePolicy { get; init; }

    /// <summary>Null: as the server has it.</summary>
    public int? Shards { get; init; }

    /// <inheritdoc cref="Shards"/>
    public int? Replicas { get; init; }

    /// <summary>The body of <c>PUT _index_template/NAME</c>.</summary>
    public JsonObject ToJson()
    {
        JsonObject inner = new() { ["settings"] = Settings(), ["mappings"] = IndexMapping.Create(Layout) };
        if (Alias is not null)
        {
            inner["aliases"] = new JsonObject { [Alias] = new JsonObject() };
        }

        JsonObject template = new()
        {
            ["index_patterns"] = new JsonArray([.. Patterns.Select(pattern => JsonValue.Create(pattern))]),
            ["priority"] = Priority,
            ["version"] = Version,
        };
        if (IsDataStream)
        {
            template["data_stream"] = new JsonObject();
        }

        template["template"] = inner;
        template["_meta"] = new JsonObject { ["managed_by"] = Owner, ["layout"] = IndexMapping.NameOf(Layout), ["digest"] = Digest(template) };
        return template;
    }

    /// <summary>Tells whether a template on a server is this one: the server gives it back in another form than it got it.</summary>
    private static string Digest(JsonObject template) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template.ToJsonString())))[..DigestDigits];

    private JsonObject Settings()
    {
        JsonObject settings = new()
        {
            ["index.mapping.total_fields.limit"] = TotalFields,

            // Packetbeat's number: searches are 5 s behind, and the server makes fewer small segments.
            ["index.refresh_interval"] = "5s",
        };
        if (LifecyclePolicy is not null)
        {
            settings["index.lifecycle.name"] = LifecyclePolicy;
        }

        if (Shards is { } shards)
        {
            settings["index.number_of_shards"] = shards;
        }

        if (Replicas is { } replicas)
        {
            settings["index.number_of_replicas"] = replicas;
        }

        return settings;
    }
}
