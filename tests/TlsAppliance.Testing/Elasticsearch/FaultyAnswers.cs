using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>Answers as they come when something goes wrong on the server's side or between it and us.</summary>
internal static class FaultyAnswers
{
    /// <summary>Nothing is taken; the status says why. Null for faults of another kind.</summary>
    public static FakeAnswer? Refusal(BulkFault fault) => fault switch
    {
        BulkFault.Status302 => new FakeAnswer(302, [], null) { Headers = new Dictionary<string, string> { ["Location"] = "/login" } },
        BulkFault.Status400 => FakeAnswer.Error(400, "illegal_argument_exception", "scripted"),
        BulkFault.Status401 => FakeAnswer.Error(401, "security_exception", "missing authentication credentials for REST request [/_bulk]"),
        BulkFault.Status403 => FakeAnswer.Error(403, "security_exception", "action [indices:data/write/bulk] is unauthorized"),
        BulkFault.Status403Block => FakeAnswer.Error(403, "cluster_block_exception", "blocked by: [FORBIDDEN/6/cluster read-only (api)];"),
        BulkFault.Status404 => FakeAnswer.Error(404, "index_not_found_exception", "no such index"),
        BulkFault.Status406 => FakeAnswer.TextError(406, "Content-Type header [] is not supported"),
        BulkFault.Status408 => FakeAnswer.Error(408, "timeout", "scripted"),
        BulkFault.Status413 => new FakeAnswer(413, [], null) { HasProduct = false },
        BulkFault.Status429 => FakeAnswer.Error(429, "es_rejected_execution_exception", "rejected execution of coordinating operation"),
        BulkFault.Status429WithRetryAfter =>
            FakeAnswer.Error(429, "circuit_breaking_exception", "[parent] Data too large") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "0" } },
        BulkFault.Status500 => FakeAnswer.Error(500, "null_pointer_exception", "scripted"),
        BulkFault.Status502Html => new FakeAnswer(502, "<html><body>Bad gateway</body></html>"u8.ToArray(), "text/html") { HasProduct = false },
        BulkFault.Status503 => FakeAnswer.Error(503, "cluster_block_exception", "blocked by: [SERVICE_UNAVAILABLE/2/no master];"),
        BulkFault.Status504 => new FakeAnswer(504, [], null) { HasProduct = false },
        _ => null,
    };

    /// <summary>An item that is not taken; every third one, or all.</summary>
    public static FakeItem? Item(BulkFault fault, int position, string index)
    {
        if (fault != BulkFault.AllItems429 && position % 3 != 0)
        {
            return null;
        }

        FakeItem Refused(int status, string type, string reason) => FakeItem.Refused("create", index, null, status, type, reason);
        return fault switch
        {
            BulkFault.SomeItems429 or BulkFault.AllItems429 or BulkFault.ErrorsFalseWithSome =>
                Refused(429, "es_rejected_execution_exception", "rejected execution of primary operation"),
            BulkFault.SomeItems503 => Refused(503, "unavailable_shards_exception", "primary shard is not active"),
            BulkFault.SomeItemsFloodStage =>
                Refused(429, "cluster_block_exception", "blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];"),
            BulkFault.SomeItemsBlocked => Refused(403, "cluster_block_exception", "blocked by: [FORBIDDEN/8/index write (api)];"),
            BulkFault.SomeItemsIndexClosed => Refused(400, "index_closed_exception", "closed"),
            BulkFault.SomeItemsShardLimit =>
                Refused(400, "validation_exception", "Validation Failed: 1: this action would add [1] shards, but this cluster currently has [1]/[1] maximum normal shards open;"),
            BulkFault.SomeItemsIndexMissing => Refused(404, "index_not_found_exception", $"no such index [{index}]"),
            _ => null,
        };
    }

    /// <summary>Whether a sender can and must believe every item of the answer.</summary>
    public static bool LeavesAnswerUsable(BulkFault fault) => fault is BulkFault.None or (>= BulkFault.SlowHeaders and <= BulkFault.SomeItemsIndexMissing);

    /// <summary>Does to a good answer what the fault says.</summary>
    public static FakeAnswer Spoil(BulkFault fault, FakeAnswer answer, IReadOnlyList<FakeItem> items) => fault switch
    {
        BulkFault.WrongJson => answer with { Body = "{\"took\":1,\"errors\":false,\"items\":[{create}]}"u8.ToArray() },
        BulkFault.CutJson => answer with { Body = answer.Body[..(answer.Body.Length * 2 / 3)] },
        BulkFault.EmptyBody => answer with { Body = [] },
        BulkFault.Html => new FakeAnswer(200, "<html><body>Please log in</body></html>"u8.ToArray(), "text/html"),
        BulkFault.MoreAfterTheEnd => answer with { Body = [.. answer.Body, .. answer.Body] },
        BulkFault.GzipAnswer => Packed(answer, body => body),
        BulkFault.CutGzip => Packed(answer, body => body[..(body.Length * 2 / 3)]),
        BulkFault.BrokenGzip => Packed(answer, body =>
        {
            body[body.Length / 2] ^= 0xFF;
            body[^6] ^= 0xFF;
            return body;
        }),
        BulkFault.CloseAfterAnswer => answer with { Closes = true },
        BulkFault.NoProductHeader => answer with { HasProduct = false },
        BulkFault.ErrorsMissing or BulkFault.ErrorsIsText or BulkFault.ErrorsTrueWithoutAny or BulkFault.ErrorsFalseWithSome or
            BulkFault.NoItems or BulkFault.ItemsIsObject => Edit(answer, root => EditRoot(fault, root)),
        >= BulkFault.ItemMissing and <= BulkFault.TwoActions => Edit(answer, root => EditItems(fault, (JsonArray)root["items"]!, items)),
        _ => answer with { Wire = fault },
    };

    private static FakeAnswer Edit(FakeAnswer answer, Action<JsonObject> edit)
    {
        var root = (JsonObject)JsonNode.Parse(answer.Body)!;
        edit(root);
        return answer with { Body = Encoding.UTF8.GetBytes(root.ToJsonString()) };
    }

    private static void EditRoot(BulkFault fault, JsonObject root)
    {
        switch (fault)
        {
            case BulkFault.ErrorsMissing: root.Remove("errors"); break;
            case BulkFault.ErrorsIsText: root["errors"] = "false"; break;
            case BulkFault.ErrorsTrueWithoutAny: root["errors"] = true; break;
            case BulkFault.ErrorsFalseWithSome: root["errors"] = false; break;
            case BulkFault.NoItems: root.Remove("items"); break;
            case BulkFault.ItemsIsObject: root["items"] = new JsonObject(); break;
        }
    }

    private static void EditItems(BulkFault fault, JsonArray list, IReadOnlyList<FakeItem> items)
    {
        int middle = list.Count / 2;
        switch (fault)
        {
            case BulkFault.ItemMissing: list.RemoveAt(middle); break;
            case BulkFault.ItemExtra: list.Insert(middle, items[middle].ToNode()); break;
            case BulkFault.ItemsReordered when list.Count > 1:
                JsonNode? first = list[0];
                list.RemoveAt(0);
                list.Add(first);
                break;
            case BulkFault.ItemsReordered: list.Clear(); break;
            case BulkFault.ItemNull: list[middle] = null; break;
            case BulkFault.ItemWithoutStatus: ((JsonObject)list[middle]!["create"]!).Remove("status"); break;
            case BulkFault.StatusIsText: list[middle]!["create"]!["status"] = "201"; break;
            case BulkFault.UnknownAction: list[middle] = new JsonObject { ["insert"] = list[middle]!["create"]!.DeepClone() }; break;
            case BulkFault.TwoActions: ((JsonObject)list[middle]!)["index"] = list[middle]!["create"]!.DeepClone(); break;
        }
    }

    private static FakeAnswer Packed(FakeAnswer answer, Func<byte[], byte[]> spoil)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(answer.Body);
        }

        return answer with { Body = spoil(packed.ToArray()), Headers = new Dictionary<string, string>(answer.Headers) { ["content-encoding"] = "gzip" } };
    }
}
