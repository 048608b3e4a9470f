using System.Text;
using System.Text.Json.Nodes;
using TlsAppliance.Sinks.Elasticsearch.Bulk;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Bulk;

public class BulkAnswerTests
{
    private static UInt128[] Ids(int count) => [.. Enumerable.Range(1, count).Select(number => (UInt128)number)];

    private static string? Judge(byte[] body, int count, out BulkItem[] items)
    {
        items = new BulkItem[count];
        return BulkAnswer.Judge(body, Ids(count), items);
    }

    public static TheoryData<string, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<string, int>();
            foreach (AnswerShape shape in AnswerShape.All)
            {
                foreach (int count in (int[])[1, 2, 999])
                {
                    shapes.Add(shape.Name, count);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void An_answer_judges_every_item_or_none(string name, int count)
    {
        AnswerShape shape = AnswerShape.All.Single(shape => shape.Name == name);
        string? fault = Judge(shape.Body([.. Ids(count).Select(AnswerShape.Item)]), count, out BulkItem[] items);
        if (shape.Fault is null)
        {
            Assert.Null(fault);
            Assert.All(items, item => Assert.Equal(new BulkItem(BulkVerdict.Indexed, 201), item));
        }
        else
        {
            Assert.Contains(shape.Fault, fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_answer_that_is_cut_at_any_byte_judges_nothing()
    {
        byte[] whole = AnswerShape.All[0].Body([.. Ids(3).Select(AnswerShape.Item)]);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.NotNull(Judge(whole[..length], 3, out _));
        }
    }

    [Fact]
    public void Whatever_byte_is_changed_no_refused_event_becomes_a_taken_one()
    {
        // Item 1 was refused. A flipped bit may make 429 to 409 or 229 if it likes; then the answer is wrong but whole, and nobody could know. All else is told.
        byte[] whole = Encoding.UTF8.GetBytes(
            "{\"errors\":true,\"items\":[" + AnswerShape.Item(1) + ",{\"create\":{\"_id\":\"" + ((UInt128)2).ToString("x32")
            + "\",\"status\":429,\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\"r\"}}}," + AnswerShape.Item(3) + "]}");
        int digits = Encoding.UTF8.GetString(whole).IndexOf("429", StringComparison.Ordinal);
        for (int at = 0; at < whole.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. whole];
                changed[at] ^= (byte)(1 << bit);
                bool isAboutItem = at >= digits && at < digits + 3;
                if (Judge(changed, 3, out BulkItem[] items) is null && !isAboutItem)
                {
                    Assert.NotEqual(BulkVerdict.Indexed, items[1].Verdict);
                    Assert.NotEqual(BulkVerdict.Duplicate, items[1].Verdict);
                }
            }
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(20261128);
        byte[] whole = AnswerShape.All[1].Body([.. Ids(5).Select(AnswerShape.Item)]);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = [.. whole];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            Judge(changed[..random.Next(changed.Length + 1)], 5, out _);
        }
    }

    [Theory]
    [InlineData("{\"\\ud800\":1,\"items\":[]}")]
    [InlineData("{\"items\":[{\"\\ud800\":{}}]}")]
    [InlineData("{\"items\":[{\"create\":{\"\\udc00\":1,\"status\":201}}]}")]
    public void A_name_with_a_broken_escape_throws_nothing(string body) => Judge(Encoding.UTF8.GetBytes(body), 1, out _);

    [Fact]
    public void A_tower_of_brackets_is_refused() =>
        Assert.Equal("not whole JSON", Judge(Encoding.UTF8.GetBytes("{\"x\":" + new string('[', 100_000)), 1, out _));

    [Theory]
    [InlineData(201, null, null, BulkVerdict.Indexed)]
    [InlineData(200, null, null, BulkVerdict.Indexed)]
    [InlineData(409, "version_conflict_engine_exception", "[x]: version conflict, document already exists", BulkVerdict.Duplicate)]
    [InlineData(409, "something_else_exception", "", BulkVerdict.Retry)]
    [InlineData(429, "es_rejected_execution_exception", "rejected execution", BulkVerdict.Retry)]
    [InlineData(429, "circuit_breaking_exception", "[parent] Data too large", BulkVerdict.Retry)]
    [InlineData(429, "cluster_block_exception", "blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]", BulkVerdict.Blocked)]
    [InlineData(403, "cluster_block_exception", "blocked by: [FORBIDDEN/12/index read-only / allow delete (api)]", BulkVerdict.Blocked)]
    [InlineData(403, "security_exception", "action [indices:data/write/bulk[s]] is unauthorized", BulkVerdict.Blocked)]
    [InlineData(401, "security_exception", "token expired", BulkVerdict.Blocked)]
    [InlineData(404, "index_not_found_exception", "no such index [a]", BulkVerdict.Blocked)]
    [InlineData(404, "document_missing_exception", "[1]: document missing", BulkVerdict.Rejected)]
    [InlineData(400, "validation_exception", "this action would add [1] shards", BulkVerdict.Blocked)]
    [InlineData(400, "index_closed_exception", "closed", BulkVerdict.Blocked)]
    [InlineData(400, "invalid_index_name_exception", "Invalid index name [A]", BulkVerdict.Blocked)]
    [InlineData(400, "illegal_argument_exception", "pipeline with id [x] does not exist", BulkVerdict.Blocked)]
    [InlineData(400, "illegal_argument_exception", "no write index is defined for alias [x].", BulkVerdict.Blocked)]
    [InlineData(400, "illegal_argument_exception", "Document contains at least one immense term", BulkVerdict.Rejected)]
    [InlineData(400, "illegal_argument_exception", "Limit of mapping depth [20] has been exceeded", BulkVerdict.Rejected)]
    [InlineData(400, "mapper_parsing_exception", "failed to parse field [a] of type [long]", BulkVerdict.Rejected)]
    [InlineData(400, "document_parsing_exception", "[1:9] failed to parse field [a] of type [long]", BulkVerdict.Rejected)]
    [InlineData(400, "strict_dynamic_mapping_exception", "dynamic introduction of [a] is not allowed", BulkVerdict.Rejected)]
    [InlineData(400, "mapper_parsing_exception", "Failed to parse mapping: No handler for type [wildcard]", BulkVerdict.Blocked)]
    [InlineData(500, "null_pointer_exception", "", BulkVerdict.Retry)]
    [InlineData(503, "unavailable_shards_exception", "primary shard is not active", BulkVerdict.Retry)]
    [InlineData(405, "x", "", BulkVerdict.Blocked)]
    [InlineData(413, "x", "", BulkVerdict.Rejected)]
    public void Tells_the_events_fault_from_the_targets(int status, string? type, string? reason, object verdict)
    {
        var result = new JsonObject { ["status"] = status };
        if (type is not null)
        {
            result["error"] = new JsonObject { ["type"] = type, ["reason"] = reason };
        }

        string body = new JsonObject { ["items"] = new JsonArray(new JsonObject { ["create"] = result }) }.ToJsonString();
        Assert.Null(Judge(Encoding.UTF8.GetBytes(body), 1, out BulkItem[] items));
        Assert.Equal(verdict, items[0].Verdict);
    }

    [Theory]
    [InlineData("""{"type":"t","reason":"failed to parse","caused_by":{"type":"u","reason":"outer","caused_by":{"type":"v","reason":"inner"}}}""", "t", "failed to parse: inner")]
    [InlineData("""{"type":"t","reason":"same","caused_by":{"reason":"same"}}""", "t", "same")]
    [InlineData("""{"type":"t","reason":null}""", "t", "")]
    [InlineData("""{"type":7,"reason":["a"],"caused_by":[]}""", "", "")]
    [InlineData("\"a text\"", "", "a text")]
    [InlineData("17", "", "17")]
    [InlineData("""{"type":"t","reason":"\ud800"}""", "t", "\"\\ud800\"")]
    public void Reads_the_cause_of_a_refusal_where_it_stands(string error, string type, string reason)
    {
        byte[] body = Encoding.UTF8.GetBytes("{\"items\":[{\"create\":{\"status\":400,\"error\":" + error + "}}]}");
        Assert.Null(Judge(body, 1, out BulkItem[] items));
        Assert.Equal((BulkVerdict.Rejected, type, reason), (items[0].Verdict, items[0].Type, items[0].Reason));
    }

    public static TheoryData<string> Transcripts => ["bulk-items", "bulk-bodies", "root-and-media-types", "data-streams", "overload", "errors", "opensearch-bulk-items", "opensearch-bulk-bodies", "opensearch-root-and-media-types", "opensearch-data-streams"];

    /// <summary>Every recorded answer of a real server whose items are all creates is judged as one would by hand.</summary>
    [Theory]
    [MemberData(nameof(Transcripts))]
    public void Judges_what_real_servers_answered(string file)
    {
        string? path = SharedMaterial.Find(out string reason, "elasticsearch", "transcripts", file + ".jsonl");
        Assert.SkipWhen(path is null, reason);
        int judged = 0;
        foreach (JsonNode exchange in File.ReadLines(path!).Select(line => JsonNode.Parse(line)!))
        {
            if (exchange["response"]!["status"]!.GetValue<int>() != 200 || exchange["response"]!["body"]?.ToString() is not { } body || Items(body) is not { } recorded)
            {
                continue;
            }

            // Ids in the recordings are not ours: judge by position, count and status.
            byte[] bytes = Encoding.UTF8.GetBytes(Ours(body));
            Assert.Null(Judge(bytes, recorded.Length, out BulkItem[] items));
            Assert.NotNull(Judge(bytes, recorded.Length + 1, out _));
            for (int at = 0; at < recorded.Length; at++)
            {
                JsonNode result = recorded[at]["create"]!;
                int status = result["status"]!.GetValue<int>();
                Assert.Equal(status, items[at].Status);
                Assert.Equal(status < 300, items[at].Verdict == BulkVerdict.Indexed);
                Assert.Equal(status == 409, items[at].Verdict == BulkVerdict.Duplicate);
                Assert.Equal(status is 429 or 503 or 403 or 404 or 500, items[at].Verdict is BulkVerdict.Retry or BulkVerdict.Blocked && status != 400);
            }

            judged += recorded.Length;
        }

        // Two of the files have a single bulk with creates or none at all; the others have hundreds.
        Assert.True(judged > 0 || file is "errors", $"{judged} items");
    }

    private static string Ours(string body)
    {
        JsonNode root = JsonNode.Parse(body)!;
        foreach (JsonNode? item in root["items"]!.AsArray())
        {
            item!["create"]!.AsObject().Remove("_id");
        }

        return root.ToJsonString();
    }

    private static JsonNode[]? Items(string body)
    {
        if (!body.StartsWith("{\"", StringComparison.Ordinal) || JsonNode.Parse(body)!["items"] is not JsonArray items)
        {
            return null;
        }

        return items.All(item => item?["create"]?["status"] is not null) ? [.. items.Select(item => item!)] : null;
    }
}
