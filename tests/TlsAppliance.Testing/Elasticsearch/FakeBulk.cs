using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>Carries out one bulk request as Elasticsearch 8.2 does: the whole is refused for its form, or each action has an item of its own.</summary>
internal sealed class FakeBulk(FakeCluster cluster, FakeRequest request, Func<int, string, FakeItem?> refuse)
{
    private const int MaximumIdBytes = 512;

    private static readonly byte[] s_byteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] s_actions = ["create", "index", "update", "delete"];

    private static readonly string[] s_keys =
    [
        "_index", "_id", "routing", "_routing", "version", "_version", "version_type", "_version_type", "op_type", "if_seq_no", "if_primary_term", "pipeline",
        "retry_on_conflict", "_source", "require_alias", "dynamic_templates", "list_executed_pipelines",
    ];

    private static readonly string[] s_parameters =
    [
        "filter_path", "refresh", "timeout", "pipeline", "routing", "require_alias", "wait_for_active_shards", "pretty", "human", "error_trace", "type",
        "_source", "_source_includes", "_source_excludes", "master_timeout", "list_executed_pipelines",
    ];

    private readonly FilterPath _filter = new(request.Query.GetValueOrDefault("filter_path", ""));
    private readonly List<FakeItem> _items = [];
    private readonly List<(Action Action, byte[] Document)> _actions = [];
    private readonly List<string> _warnings = [];

    private sealed record Action(string Kind, string? Index, string? Id, bool RequiresAlias, string? Pipeline);

    public IReadOnlyList<FakeItem> Items => _items;

    public FilterPath Filter => _filter;

    public FakeAnswer Run()
    {
        FakeAnswer answer = Refusal() ?? Answer();
        return _warnings.Count == 0 || cluster.IsOpenSearch ? answer : answer with { Headers = new Dictionary<string, string>(answer.Headers) { ["Warning"] = _warnings[0] } };
    }

    private FakeAnswer Answer()
    {
        foreach ((Action action, byte[] document) in _actions)
        {
            _items.Add(refuse(_items.Count, action.Index!) is { } refused ? refused with { Id = action.Id } : Carry(action, document));
        }

        return FakeBulkAnswer.Of(_items, _filter);
    }

    private FakeAnswer? Refusal()
    {
        if (request.Query.Keys.FirstOrDefault(name => !s_parameters.Contains(name)) is { } unknown)
        {
            return FakeAnswer.Error(400, "illegal_argument_exception", $"request [{request.Path}] contains unrecognized parameter: [{unknown}]");
        }

        if (request.Query.TryGetValue("refresh", out string? refresh) && refresh is not ("" or "true" or "false" or "wait_for"))
        {
            return FakeAnswer.Error(400, "illegal_argument_exception", $"Unknown value for refresh: [{refresh}].");
        }

        if (request.Body.Length == 0)
        {
            return FakeAnswer.Error(400, "parse_exception", "request body is required");
        }

        return ReadActions() ?? Validate();
    }

    private FakeAnswer? ReadActions()
    {
        ReadOnlySpan<byte> rest = request.Body;
        string? defaultIndex = request.Path.Length > "/_bulk".Length ? request.Path[1..^"/_bulk".Length] : null;
        for (int line = 1; !rest.IsEmpty; line++)
        {
            if (!TakeLine(ref rest, out byte[] text))
            {
                return FakeAnswer.Error(400, "illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]");
            }

            if (Encoding.UTF8.GetString(text).Trim().Length == 0)
            {
                continue;
            }

            if (ReadAction(text, line, defaultIndex, out Action? action) is { } fault)
            {
                return fault;
            }

            // Even of an action that is not known the document is skipped.
            byte[] document = [];
            if (action?.Kind != "delete")
            {
                if (rest.IsEmpty)
                {
                    break;
                }

                line++;
                if (!TakeLine(ref rest, out document))
                {
                    return FakeAnswer.Error(400, "illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]");
                }
            }

            if (action is not null)
            {
                _actions.Add((action, document));
            }
        }

        return null;
    }

    private static bool TakeLine(ref ReadOnlySpan<byte> rest, out byte[] line)
    {
        int end = rest.IndexOf((byte)'\n');
        line = end < 0 ? [] : rest[..end].TrimEnd((byte)'\r').ToArray();
        rest = end < 0 ? rest : rest[(end + 1)..];
        return end >= 0;
    }

    private FakeAnswer? ReadAction(byte[] text, int line, string? defaultIndex, out Action? action)
    {
        action = null;
        text = text.AsSpan().StartsWith(s_byteOrderMark) ? text[s_byteOrderMark.Length..] : text;
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowTrailingCommas = false });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return Malformed(line, $"expected START_OBJECT but found [{Name(reader.TokenType)}]");
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                return Malformed(line, $"expected FIELD_NAME but found [{Name(reader.TokenType)}]");
            }

            string kind = reader.GetString()!;
            if (!s_actions.Contains(kind) && cluster.IsOpenSearch)
            {
                return Malformed(line, $"expected field [create], [delete], [index] or [update] but found [{kind}]");
            }

            if (!s_actions.Contains(kind))
            {
                _warnings.Add($"299 Elasticsearch-8.2.3 \"Unsupported action: [{kind}].\"");
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return Malformed(line, $"expected START_OBJECT or END_OBJECT but found [{Name(reader.TokenType)}]");
            }

            return ReadKeys(ref reader, line, kind, defaultIndex, out action) ?? ReadEnd(ref reader);
        }
        catch (JsonException)
        {
            // The parser of the server is content when the object of the action is closed, even if the line is not.
            if (action is not null)
            {
                _warnings.Add("299 Elasticsearch-8.2.3 \"A bulk action wasn't closed properly with the closing brace.\"");
                return null;
            }

            return (text[0] == '{', cluster.IsOpenSearch) switch
            {
                (true, false) => FakeAnswer.Error(500, "x_content_e_o_f_exception", "Unexpected end-of-input"),
                (true, true) => FakeAnswer.Error(400, "json_e_o_f_exception", "Unexpected end-of-input"),
                (false, false) => FakeAnswer.Error(400, "x_content_parse_exception", "Unrecognized token"),
                (false, true) => FakeAnswer.Error(400, "json_parse_exception", "Unrecognized token"),
            };
        }
    }

    private FakeAnswer? ReadEnd(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.EndObject)
        {
            _warnings.Add("299 Elasticsearch-8.2.3 \"A bulk action object contained multiple keys.\"");
        }

        return null;
    }

    private static FakeAnswer? ReadKeys(ref Utf8JsonReader reader, int line, string kind, string? defaultIndex, out Action? action)
    {
        action = null;
        string? index = defaultIndex;
        string? id = null;
        string? pipeline = null;
        bool requiresAlias = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (!s_keys.Contains(key))
            {
                return FakeAnswer.Error(400, "illegal_argument_exception", $"Action/metadata line [{line}] contains an unknown parameter [{key}]");
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && key != "_source" && key != "dynamic_templates")
            {
                return FakeAnswer.Error(400, "illegal_argument_exception", $"Malformed action/metadata line [{line}], expected a simple value for field [{key}] but found [{Name(reader.TokenType)}]");
            }

            string? value = reader.TokenType == JsonTokenType.Null ? null : reader.TokenType == JsonTokenType.String ? reader.GetString() : Encoding.UTF8.GetString(reader.ValueSpan);
            switch (key)
            {
                case "_index": index = value; break;
                case "_id": id = value; break;
                case "pipeline": pipeline = value; break;
                case "op_type" when kind == "index" && value == "create": kind = "create"; break;
                case "require_alias": requiresAlias = reader.TokenType == JsonTokenType.True; break;
                case "version" or "if_seq_no" when kind == "create": id ??= ""; pipeline = "\0versioned"; break;
                default: reader.Skip(); break;
            }
        }

        action = s_actions.Contains(kind) ? new Action(kind, index, id, requiresAlias, pipeline) : null;
        return null;
    }

    private FakeAnswer? Validate()
    {
        if (_actions.Count == 0)
        {
            return Invalid("no requests added");
        }

        foreach ((Action action, _) in _actions)
        {
            if (action.Index is null)
            {
                return Invalid("index is missing");
            }

            if (action.Pipeline == "\0versioned")
            {
                return Invalid("create operations only support internal versioning");
            }

            if (Encoding.UTF8.GetByteCount(action.Id ?? "") > MaximumIdBytes)
            {
                return Invalid($"id [{action.Id}] is too long, must be no longer than 512 bytes but was: {Encoding.UTF8.GetByteCount(action.Id!)}");
            }

            if (action.Id is null && action.Kind is "update" or "delete" && action.Id is null)
            {
                return Invalid("an id must be provided if version type or value are set");
            }
        }

        return null;
    }

    private static FakeAnswer Invalid(string what) => FakeAnswer.Error(400, "action_request_validation_exception", $"Validation Failed: 1: {what};");

    private static FakeAnswer Malformed(int line, string what) => FakeAnswer.Error(400, "illegal_argument_exception", $"Malformed action/metadata line [{line}], {what}");

    private static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "START_OBJECT",
        JsonTokenType.EndObject => "END_OBJECT",
        JsonTokenType.StartArray => "START_ARRAY",
        JsonTokenType.String => "VALUE_STRING",
        JsonTokenType.Number => "VALUE_NUMBER",
        _ => token.ToString(),
    };

    private FakeItem Carry(Action action, byte[] document)
    {
        string name = action.Index!;
        if (action.Id is { Length: 0 } && action.Kind is "create" or "index" && action.Id is { Length: 0 })
        {
            return FakeItem.Refused(action.Kind, name, "", 400, "illegal_argument_exception", "if _id is specified it must not be empty");
        }

        string? pipeline = action.Pipeline ?? request.Query.GetValueOrDefault("pipeline");
        if (pipeline is not (null or "_none") && !cluster.Pipelines.Contains(pipeline))
        {
            return FakeItem.Refused(action.Kind, name, action.Id, 400, "illegal_argument_exception", $"pipeline with id [{pipeline}] does not exist");
        }

        if ((action.RequiresAlias || request.Query.GetValueOrDefault("require_alias") == "true") && !cluster.Aliases.ContainsKey(name))
        {
            return FakeItem.Refused(
                action.Kind, name, action.Id, 404, "index_not_found_exception",
                $"no such index [{name}] and [require_alias] request flag is [true] and [{name}] is not an alias") with { ErrorIndex = name };
        }

        if (cluster.Target(name, action.Kind, out FakeIndex? index) is { } refused)
        {
            return refused with { Action = action.Kind, Id = action.Id };
        }

        if (index!.IsClosed)
        {
            return FakeItem.Refused(action.Kind, index.Name, action.Id, 400, "index_closed_exception", "closed") with { ErrorIndex = index.Name };
        }

        if (index.Block is var (status, text))
        {
            return FakeItem.Refused(action.Kind, name, action.Id, status, "cluster_block_exception", $"index [{index.Name}] blocked by: [{text}];");
        }

        return Store(action, index, document);
    }

    private FakeItem Store(Action action, FakeIndex index, byte[] document)
    {
        string id = action.Id ?? Guid.NewGuid().ToString("n")[..20];
        if (action.Kind is "delete" or "update")
        {
            return Change(action, index, id);
        }

        if (CheckDocument(index, document, id) is { } fault)
        {
            return FakeItem.Refused(action.Kind, index.Name, id, 400, fault.Type, fault.Reason) with { Cause = fault.Cause };
        }

        bool exists = index.Documents.ContainsKey(id);
        if (exists && action.Kind == "create")
        {
            return FakeItem.Refused("create", index.Name, id, 409, "version_conflict_engine_exception", $"[{id}]: version conflict, document already exists (current version [1])") with { ErrorIndex = index.Name };
        }

        index.Documents[id] = document;
        return new FakeItem(action.Kind, index.Name, id, exists ? 200 : 201)
        {
            Result = exists ? "updated" : "created",
            Version = exists ? 2 : 1,
            SequenceNumber = index.NextSequenceNumber++,
            ForcedRefresh = request.Query.GetValueOrDefault("refresh") is "true" or "",
        };
    }

    private static FakeItem Change(Action action, FakeIndex index, string id)
    {
        bool exists = index.Documents.ContainsKey(id);
        if (action.Kind == "update" && !exists)
        {
            return FakeItem.Refused("update", index.Name, id, 404, "document_missing_exception", $"[{id}]: document missing") with { ErrorIndex = index.Name };
        }

        if (action.Kind == "delete")
        {
            index.Documents.Remove(id);
        }

        return new FakeItem(action.Kind, index.Name, id, exists ? 200 : 404)
        {
            Result = action.Kind == "update" ? "updated" : exists ? "deleted" : "not_found",
            SequenceNumber = index.NextSequenceNumber++,
        };
    }

    private static (string Type, string Reason, (string Type, string Reason)? Cause)? CheckDocument(FakeIndex index, byte[] document, string id)
    {
        if (document.AsSpan().Trim(" \t"u8).IsEmpty)
        {
            return ("mapper_parsing_exception", "failed to parse, document is empty", null);
        }

        if (document.AsSpan().TrimStart(" \t"u8)[0] != '{')
        {
            return ("mapper_parsing_exception", "failed to parse", ("not_x_content_exception", "not x-content"));
        }

        if (JsonFault(document) is { } cause)
        {
            return ("mapper_parsing_exception", "failed to parse", (cause, "not JSON"));
        }

        using JsonDocument parsed = JsonDocument.Parse(document, s_strict);
        return index.Mapping.Check(parsed.RootElement, id);
    }

    /// <summary>How the server's parser calls what is wrong: the end, the bytes of a text, or anything else.</summary>
    private static string? JsonFault(byte[] document)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(document, s_strict);
            return System.Text.Unicode.Utf8.IsValid(document) ? null : "json_parse_exception";
        }
        catch (JsonException)
        {
            return EndsTooEarly(document) ? "x_content_e_o_f_exception" : document.Any(character => character < ' ') ? "json_parse_exception" : "x_content_parse_exception";
        }
    }

    private static bool EndsTooEarly(byte[] document)
    {
        try
        {
            var reader = new Utf8JsonReader(document, isFinalBlock: false, default);
            while (reader.Read())
            {
            }

            return reader.CurrentDepth > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
