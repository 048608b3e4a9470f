using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>Indices, streams, templates, policies and aliases, and the calls that a sender of events makes about them. Guarded by the double's lock.</summary>
public sealed class FakeCluster
{
    private const int MaximumNameBytes = 255;

    private readonly FakeElasticsearchOptions _options;
    private readonly Dictionary<string, FakeIndex> _indices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FakeIndex>> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode> _templates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode> _policies = new(StringComparer.Ordinal);

    internal FakeCluster(FakeElasticsearchOptions options) => _options = options;

    internal bool IsOpenSearch => _options.IsOpenSearch;

    public IReadOnlyDictionary<string, FakeIndex> Indices => _indices;

    /// <summary>Streams and their backing indices, the one that is written last.</summary>
    public IReadOnlyDictionary<string, List<FakeIndex>> Streams => _streams;

    /// <summary>Composable templates as they were put.</summary>
    public IReadOnlyDictionary<string, JsonNode> Templates => _templates;

    /// <summary>Lifecycle policies as they were put.</summary>
    public IReadOnlyDictionary<string, JsonNode> Policies => _policies;

    /// <summary>Aliases and the indices behind them.</summary>
    public Dictionary<string, string[]> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>Known ingest pipelines; they change nothing.</summary>
    public HashSet<string> Pipelines { get; } = [];

    /// <summary>Every document of every index: id to bytes. An id that is in two indices throws.</summary>
    public Dictionary<string, byte[]> AllDocuments()
    {
        var all = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (FakeIndex index in _indices.Values)
        {
            foreach ((string id, byte[] document) in index.Documents)
            {
                all.Add(id, document);
            }
        }

        return all;
    }

    internal FakeAnswer Answer(FakeRequest request)
    {
        string[] parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, parts) switch
        {
            ("GET" or "HEAD", []) when request.Query.Keys.Any(name => name is not ("filter_path" or "pretty" or "human" or "error_trace" or "format")) =>
                FakeAnswer.Error(400, "illegal_argument_exception", "request [/] contains unrecognized parameter"),
            ("GET" or "HEAD", []) => Root(),
            ("PUT" or "POST", ["_index_template", var name]) => PutTemplate(name, request),
            ("GET" or "HEAD", ["_index_template", var name]) => GetTemplate(name),
            ("DELETE", ["_index_template", var name]) => _templates.Remove(name) ? FakeAnswer.Acknowledged() : FakeAnswer.Error(404, "index_template_missing_exception", $"index_template [{name}] missing"),
            (_, ["_ilm", ..]) => Lifecycle(request, parts),
            (_, ["_data_stream", var name]) => DataStream(request.Method, name),
            ("PUT", ["_ingest", "pipeline", var name]) => Pipelines.Add(name) || true ? FakeAnswer.Acknowledged() : null!,
            ("POST", ["_aliases"]) => PutAliases(request),
            ("POST" or "GET", ["_refresh"] or [_, "_refresh"]) => FakeAnswer.Json(200, new JsonObject { ["_shards"] = Shards(hasSkipped: false) }),
            ("POST" or "GET", [var name, "_count"]) => Count(name),
            // Asked with a filter_path for the layout of indices that are there: of none here.
            ("GET", [_, "_mapping"]) => FakeAnswer.Json(200, new JsonObject()),
            ("POST", [var name, "_rollover"]) => RollOver(name),
            ("POST", [var name, "_close"]) => Open(name, isClosed: true),
            ("POST", [var name, "_open"]) => Open(name, isClosed: false),
            ("PUT", [var name]) when !name.StartsWith('_') => CreateIndex(name, request),
            ("HEAD" or "GET", [var name]) when !name.StartsWith('_') => Find(name) is [] ? NotFound(name) : FakeAnswer.Json(200, new JsonObject(Find(name).Select(index => KeyValuePair.Create(index.Name, (JsonNode?)new JsonObject())))),
            ("DELETE", [var name]) when !name.StartsWith('_') => _indices.Remove(name) ? FakeAnswer.Acknowledged() : NotFound(name),
            ("GET" or "HEAD", [var name, "_doc", var id]) => GetDocument(name, id),
            _ => FakeAnswer.TextError(405, $"Incorrect HTTP method for uri [{request.Path}] and method [{request.Method}], allowed: [POST]"),
        };
    }

    /// <summary>The index that a document of this name goes to, made if need be.</summary>
    internal FakeItem? Target(string name, string action, out FakeIndex? index)
    {
        index = null;
        if (name.Length == 0 && _options.IsOpenSearch)
        {
            return FakeItem.Refused(action, name, null, 400, "invalid_index_name_exception", "Invalid index name []");
        }

        if (name.Length == 0)
        {
            return FakeItem.Refused(action, name, null, 500, "string_index_out_of_bounds_exception", "String index out of range: 0");
        }

        if (Aliases.TryGetValue(name, out string[]? targets))
        {
            if (targets.Length > 1)
            {
                return FakeItem.Refused(action, name, null, 400, "illegal_argument_exception", $"no write index is defined for alias [{name}].");
            }

            name = targets[0];
        }

        if (_streams.TryGetValue(name, out List<FakeIndex>? stream))
        {
            index = stream[^1];
            return RefuseInStream(name, action);
        }

        if (_indices.TryGetValue(name, out index))
        {
            return null;
        }

        if (NameFault(name) is { } fault)
        {
            return FakeItem.Refused(action, name, null, 400, "invalid_index_name_exception", $"Invalid index name [{name}], {fault}") with { ErrorIndex = name };
        }

        JsonNode? template = TemplateFor(name);
        if (!_options.CreatesIndices && template is null)
        {
            return FakeItem.Refused(action, name, null, 404, "index_not_found_exception", $"no such index [{name}]") with { ErrorIndex = name };
        }

        if (IsStreamTemplate(template))
        {
            if (RefuseInStream(name, action) is { } refused)
            {
                return refused;
            }

            index = AddBackingIndex(name);
            return null;
        }

        index = AddIndex(name, null, template?["template"]?["mappings"]);
        foreach ((string alias, _) in template?["template"]?["aliases"] as JsonObject ?? [])
        {
            Aliases[alias] = [.. Aliases.GetValueOrDefault(alias, []), name];
        }

        return null;
    }

    private static FakeItem? RefuseInStream(string name, string action) => action == "create" ? null
        : FakeItem.Refused(action, name, null, 400, "illegal_argument_exception", "only write ops with an op_type of create are allowed in data streams");

    private FakeIndex AddBackingIndex(string stream)
    {
        List<FakeIndex> backing = _streams.TryGetValue(stream, out List<FakeIndex>? known) ? known : _streams[stream] = [];
        string name = string.Create(CultureInfo.InvariantCulture, $".ds-{stream}-{_options.Today:yyyy.MM.dd}-{backing.Count + 1:000000}");
        FakeIndex index = AddIndex(name, stream, TemplateFor(stream)?["template"]?["mappings"]);
        backing.Add(index);
        return index;
    }

    private FakeIndex AddIndex(string name, string? stream, JsonNode? mappings) =>
        _indices[name] = new FakeIndex(name, stream, new FakeMapping(mappings, stream is not null));

    private JsonNode? TemplateFor(string name) => _templates.Values
        .Where(template => (template["index_patterns"] as JsonArray ?? [template["index_patterns"]?.DeepClone()]).Any(pattern => Matches(pattern!.ToString(), name)))
        .MaxBy(template => template["priority"]?.GetValue<long>() ?? 0);

    private static bool IsStreamTemplate(JsonNode? template) => (template as JsonObject)?.ContainsKey("data_stream") == true;

    private static bool Matches(string pattern, string name) => Regex.IsMatch(name, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$");

    private static string? NameFault(string name) =>
        name is "." or ".." ? "must not be '.' or '..'"
        : name.Any(char.IsUpper) ? "must be lowercase"
        : name.Contains('#', StringComparison.Ordinal) ? "must not contain '#'"
        : name.Contains(':', StringComparison.Ordinal) ? "must not contain ':'"
        : name[0] is '_' or '-' or '+' ? "must not start with '_', '-', or '+'"
        : name.IndexOfAny(['"', ' ', '\\', '/', ',', '|', '>', '?', '*', '<']) >= 0 ? "must not contain the following characters [\",  , \\, /, ,, |, >, ?, *, <]"
        : Encoding.UTF8.GetByteCount(name) > MaximumNameBytes ? $"index name is too long, ({name.Length} > 255)"
        : null;

    private FakeAnswer Root()
    {
        var version = new JsonObject { ["number"] = _options.Version, ["build_flavor"] = "default" };
        if (_options.IsOpenSearch)
        {
            version.Insert(0, "distribution", "opensearch");
            version.Remove("build_flavor");
        }

        version["build_type"] = "tar";
        version["build_hash"] = "double";
        version["build_date"] = "2026-11-28T00:00:00.000Z";
        version["build_snapshot"] = false;
        version["lucene_version"] = "9.1.0";
        version["minimum_wire_compatibility_version"] = "7.17.0";
        version["minimum_index_compatibility_version"] = "7.0.0";

        return FakeAnswer.Json(200, new JsonObject
        {
            ["name"] = "double",
            ["cluster_name"] = "tls-appliance-tests",
            ["cluster_uuid"] = "double-0000000000000000",
            ["version"] = version,
            ["tagline"] = _options.IsOpenSearch ? "The OpenSearch Project: https://opensearch.org/" : "You Know, for Search",
        });
    }

    private FakeAnswer PutTemplate(string name, FakeRequest request)
    {
        JsonNode? template = Parse(request);
        if (template is not JsonObject parts)
        {
            return FakeAnswer.Error(400, "parse_exception", "request body is required");
        }

        if (parts["index_patterns"] is null)
        {
            return FakeAnswer.Error(400, "x_content_parse_exception", "Required [index_patterns]");
        }

        if (!_options.IsFull && (parts["template"]?["settings"]?.ToJsonString() ?? "").Contains("lifecycle", StringComparison.Ordinal))
        {
            return FakeAnswer.Error(400, "illegal_argument_exception", "unknown setting [index.lifecycle.name] please check that any required plugins are installed");
        }

        _templates[name] = template.DeepClone();
        return FakeAnswer.Acknowledged();
    }

    private FakeAnswer GetTemplate(string name) => _templates.TryGetValue(name, out JsonNode? template)
        ? FakeAnswer.Json(200, new JsonObject { ["index_templates"] = new JsonArray(new JsonObject { ["name"] = name, ["index_template"] = template.DeepClone() }) })
        : FakeAnswer.Error(404, "resource_not_found_exception", $"index template matching [{name}] not found");

    private FakeAnswer Lifecycle(FakeRequest request, string[] parts)
    {
        if (!_options.IsFull)
        {
            return request.Method == "GET" && (parts.Length < 3)
                ? FakeAnswer.TextError(405, $"Incorrect HTTP method for uri [{request.Path}] and method [GET], allowed: [POST]")
                : FakeAnswer.Json(400, new JsonObject { ["error"] = $"no handler found for uri [{request.Path}] and method [{request.Method}]" }) with { ContentType = "application/json;charset=utf-8" };
        }

        switch (request.Method, parts)
        {
            case ("GET", [_, "status"]):
                return FakeAnswer.Json(200, new JsonObject { ["operation_mode"] = "RUNNING" });
            case ("PUT", [_, "policy", var name]):
                _policies[name] = Parse(request)!.DeepClone();
                return FakeAnswer.Acknowledged();
            case ("GET", [_, "policy", var name]):
                return _policies.TryGetValue(name, out JsonNode? policy)
                    ? FakeAnswer.Json(200, new JsonObject { [name] = new JsonObject { ["version"] = 1, ["policy"] = policy["policy"]?.DeepClone() } })
                    : FakeAnswer.Error(404, "resource_not_found_exception", $"Lifecycle policy not found: {name}");
            default:
                return FakeAnswer.TextError(405, $"Incorrect HTTP method for uri [{request.Path}]");
        }
    }

    private FakeAnswer DataStream(string method, string name)
    {
        if (!_options.IsFull)
        {
            return method == "PUT"
                ? FakeAnswer.Error(400, "invalid_index_name_exception", "Invalid index name [_data_stream], must not start with '_', '-', or '+'")
                : FakeAnswer.TextError(405, $"Incorrect HTTP method for uri [/_data_stream/{name}] and method [{method}], allowed: [POST]");
        }

        switch (method)
        {
            case "PUT" when _streams.ContainsKey(name):
                return FakeAnswer.Error(400, "resource_already_exists_exception", $"data_stream [{name}] already exists");
            case "PUT" when !IsStreamTemplate(TemplateFor(name)):
                return FakeAnswer.Error(400, "illegal_argument_exception", $"no matching index template found for data stream [{name}]");
            case "PUT":
                AddBackingIndex(name);
                return FakeAnswer.Acknowledged();
            case "DELETE" when _streams.Remove(name, out List<FakeIndex>? backing):
                backing.ForEach(index => _indices.Remove(index.Name));
                return FakeAnswer.Acknowledged();
            case "GET" when _streams.TryGetValue(name, out List<FakeIndex>? indices):
                var names = new JsonArray([.. indices.Select(index => (JsonNode)new JsonObject { ["index_name"] = index.Name })]);
                return FakeAnswer.Json(200, new JsonObject
                {
                    ["data_streams"] = new JsonArray(new JsonObject { ["name"] = name, ["indices"] = names, ["generation"] = indices.Count, ["status"] = "GREEN" }),
                });
            default:
                return NotFound(name);
        }
    }

    private FakeAnswer PutAliases(FakeRequest request)
    {
        foreach (JsonNode? entry in Parse(request)?["actions"] as JsonArray ?? [])
        {
            if (entry?["add"] is { } add)
            {
                string alias = add["alias"]!.ToString();
                Aliases[alias] = [.. Aliases.GetValueOrDefault(alias, []), .. Find(add["index"]!.ToString()).Select(index => index.Name)];
            }
        }

        return FakeAnswer.Acknowledged();
    }

    private FakeAnswer CreateIndex(string name, FakeRequest request)
    {
        if (NameFault(name) is { } fault)
        {
            return FakeAnswer.Error(400, "invalid_index_name_exception", $"Invalid index name [{name}], {fault}");
        }

        if (_indices.ContainsKey(name))
        {
            return FakeAnswer.Error(400, "resource_already_exists_exception", $"index [{name}] already exists");
        }

        JsonNode? body = Parse(request);
        AddIndex(name, null, body?["mappings"]);
        foreach ((string alias, _) in body?["aliases"] as JsonObject ?? [])
        {
            Aliases[alias] = [.. Aliases.GetValueOrDefault(alias, []), name];
        }

        return FakeAnswer.Json(200, new JsonObject { ["acknowledged"] = true, ["shards_acknowledged"] = true, ["index"] = name });
    }

    private FakeAnswer Open(string name, bool isClosed)
    {
        if (!_indices.TryGetValue(name, out FakeIndex? index))
        {
            return NotFound(name);
        }

        index.IsClosed = isClosed;
        var answer = new JsonObject { ["acknowledged"] = true, ["shards_acknowledged"] = true };
        if (isClosed)
        {
            answer["indices"] = new JsonObject { [name] = new JsonObject { ["closed"] = true } };
        }

        return FakeAnswer.Json(200, answer);
    }

    private FakeAnswer Count(string name) => Find(name) is [] && !name.Contains('*', StringComparison.Ordinal) ? NotFound(name)
        : FakeAnswer.Json(200, new JsonObject { ["count"] = Find(name).Sum(index => index.Documents.Count), ["_shards"] = Shards() });

    private FakeAnswer RollOver(string name)
    {
        if (!_streams.TryGetValue(name, out List<FakeIndex>? stream))
        {
            return FakeAnswer.Error(400, "illegal_argument_exception", $"rollover target [{name}] does not exist");
        }

        string old = stream[^1].Name;
        return FakeAnswer.Json(200, new JsonObject
        {
            ["acknowledged"] = true,
            ["shards_acknowledged"] = true,
            ["old_index"] = old,
            ["new_index"] = AddBackingIndex(name).Name,
            ["rolled_over"] = true,
            ["dry_run"] = false,
            ["conditions"] = new JsonObject(),
        });
    }

    private FakeAnswer GetDocument(string name, string id)
    {
        FakeIndex? index = _indices.GetValueOrDefault(name);
        if (index is null && !_streams.ContainsKey(name))
        {
            return NotFound(name);
        }

        return index?.Documents.TryGetValue(id, out byte[]? document) == true
            ? FakeAnswer.Json(200, new JsonObject { ["_index"] = name, ["_id"] = id, ["_version"] = 1, ["_seq_no"] = 0, ["_primary_term"] = 1, ["found"] = true, ["_source"] = JsonNode.Parse(document) })
            : FakeAnswer.Json(404, new JsonObject { ["_index"] = name, ["_id"] = id, ["found"] = false });
    }

    private List<FakeIndex> Find(string pattern)
    {
        if (_streams.TryGetValue(pattern, out List<FakeIndex>? stream))
        {
            return stream;
        }

        string[] names = Aliases.GetValueOrDefault(pattern, [pattern]);
        return [.. _indices.Values.Where(index => names.Any(name => Matches(name, index.Name) || (index.Stream is { } of && Matches(name, of))))];
    }

    private static FakeAnswer NotFound(string name) => FakeAnswer.Error(404, "index_not_found_exception", $"no such index [{name}]");

    private static JsonObject Shards(bool hasSkipped = true)
    {
        var shards = new JsonObject { ["total"] = 1, ["successful"] = 1, ["skipped"] = 0, ["failed"] = 0 };
        if (!hasSkipped)
        {
            shards.Remove("skipped");
        }

        return shards;
    }

    private static JsonNode? Parse(FakeRequest request)
    {
        try
        {
            return request.Body.Length == 0 ? null : JsonNode.Parse(request.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
