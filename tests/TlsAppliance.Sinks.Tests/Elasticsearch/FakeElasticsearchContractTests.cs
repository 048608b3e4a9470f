using System.Text.Json.Nodes;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Sinks.Tests.Elasticsearch;

/// <summary>
/// The double is held to what Elasticsearch 8.2.3 and OpenSearch 2.19.1 answered: the recorded requests go to it byte for byte, and status, error type, the
/// fields of every item and their order, product header and media type have to be the recorded ones. What it does not claim is listed by name.
/// </summary>
public class FakeElasticsearchContractTests
{
    /// <summary>Recorded, and not claimed: limits and names of fields, answers in YAML, searching, sockets at their limits.</summary>
    private static readonly Dictionary<string, string[]> s_notClaimed = new()
    {
        ["bulk-items"] =
        [
            "keyword of 33,000 bytes, no ignore_above", "new field, then another type", "field name of blanks", "field name that ends in a dot",
            "field name with two dots", "field name _id in the document", "field name _source in the document", "25 levels deep", "the 1,001st field",
            "routing in the action", "wait_for_active_shards=2", "index name '<logs-{now/d}>'", "index name '.hidden'", "field limit of 3", "routing required",
            "ordinary index: index twice (201, 200), update, delete, delete again",
        ],
        ["opensearch-bulk-items"] =
        [
            "keyword of 33,000 bytes, no ignore_above", "new field, then another type", "field name that ends in a dot", "field name with two dots",
            "field name _id in the document", "field name _source in the document", "25 levels deep", "the 1,001st field", "routing in the action",
            "pipeline unknown, in the URL", "pipeline unknown, in the action", "wait_for_active_shards=2", "index name '<logs-{now/d}>'", "index name '.hidden'",
            "field limit of 3", "routing required", "ordinary index: index twice (201, 200), update, delete, delete again",
        ],
        ["bulk-bodies"] =
        [
            "was the good one before it taken?", "UTF-16", "gzip answer, deflate asked", "body on a GET of _count", "body where none is wanted",
            "bad escape in the path", "header line of 9,000 bytes", "URL of 5,000 bytes",
        ],
        ["opensearch-bulk-bodies"] =
        [
            "was the good one before it taken?", "UTF-16", "zstd", "gzip answer, deflate asked", "body on a GET of _count", "bad escape in the path",
            "header line of 9,000 bytes", "URL of 5,000 bytes",
        ],
        ["root-and-media-types"] =
        [
            "root, Accept: application/vnd.elasticsearch+json; compatible-with=x", "root, Accept: application/vnd.elasticsearch+json",
            "root, Accept: application/yaml", "root, Accept: application/json; charset=utf-8", "root, format=yaml", "root, OPTIONS",
            "bulk, Content-Type: application/vnd.elasticsearch+x-ndjson; compatible-with=7, Accept: application/vnd.elasticsearch+json; compatible-with=7",
            "bulk, Content-Type: application/vnd.elasticsearch+json, Accept: None", "bulk, Content-Type: application/json, Accept: application/yaml",
            "json: search", "v8: search",
        ],
        ["opensearch-root-and-media-types"] =
            ["root, Accept: application/yaml", "root, format=yaml", "root, OPTIONS", "bulk, Content-Type: application/json, Accept: application/yaml", "json: search"],
    };

    /// <summary>Of the calls about streams, those that a sender makes.</summary>
    private static readonly string[] s_streams =
    [
        "count before anything is there", "create without a template: an ordinary index appears", "index template with data_stream", "create into the stream",
        "refresh", "count", "HEAD of the stream", "HEAD of a stream that is not there", "data stream API: get", "roll over",
        "an old id again after the roll-over: no 409", "refresh after it", "delete the stream",
    ];

    public static TheoryData<string> Files => [.. s_notClaimed.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Answers_as_a_real_server_did(string file)
    {
        Exchange[] exchanges = Recorded(file);
        await using var server = new FakeElasticsearch(new FakeElasticsearchOptions { IsOpenSearch = file.StartsWith("opensearch", StringComparison.Ordinal) });
        await SetUpAsync(server.Port);
        Dictionary<string, string> differences = await DifferencesAsync(server, exchanges);
        Assert.Equal([], differences.Where(difference => !s_notClaimed[file].Contains(difference.Key)));

        // What is listed as not claimed, and is the same after all, has to leave the list.
        Assert.Equal([], s_notClaimed[file].Except(differences.Keys));
    }

    [Fact]
    public async Task Makes_streams_as_a_real_server_did()
    {
        Exchange[] exchanges = Recorded("data-streams");
        await using var server = new FakeElasticsearch();
        Dictionary<string, string> differences = await DifferencesAsync(server, exchanges);
        Assert.Equal([], differences.Where(difference => s_streams.Contains(difference.Key)));
        Assert.Equal([], s_streams.Except(exchanges.Select(exchange => exchange.Name)));
    }

    [Fact]
    public async Task Refuses_what_is_too_long_as_a_real_server_did()
    {
        Exchange[] exchanges = [.. Recorded("overload").Where(exchange => exchange.Name.Contains("413", StringComparison.Ordinal) || exchange.Name.StartsWith("gzip", StringComparison.Ordinal))];
        await using var server = new FakeElasticsearch(new FakeElasticsearchOptions { MaximumContentLength = 4096 });

        // Of three the megabytes of the body were left out of the recording.
        exchanges = [.. exchanges.Where(exchange => exchange.HasBody)];
        Assert.Equal([], await DifferencesAsync(server, exchanges));
        Assert.Equal(6, exchanges.Length);
    }

    private static Exchange[] Recorded(string file)
    {
        string? path = SharedMaterial.Find(out string reason, "elasticsearch", "transcripts", file + ".jsonl");
        Assert.SkipWhen(path is null, reason);
        return [.. File.ReadLines(path!).Select(Exchange.Parse)];
    }

    private static async Task<Dictionary<string, string>> DifferencesAsync(FakeElasticsearch server, Exchange[] exchanges)
    {
        var differences = new Dictionary<string, string>();
        foreach (Exchange exchange in exchanges)
        {
            await SetUpAsync(server.Port, exchange.Name);
            if (exchange.Difference(await exchange.SendAsync(server.Port)) is { } difference)
            {
                differences[exchange.Name] = difference;
            }
        }

        return differences;
    }

    /// <summary>What the recorder made without recording it.</summary>
    private static Task SetUpAsync(int port) => PutAsync(port, "/_index_template/tls_appliance", new JsonObject
    {
        ["index_patterns"] = new JsonArray("logs-tls_appliance-*"),
        ["data_stream"] = new JsonObject(),
        ["template"] = new JsonObject { ["mappings"] = JsonNode.Parse(Mappings) },
    });

    private static async Task SetUpAsync(int port, string exchange)
    {
        (string Index, string Body)[] indices = exchange switch
        {
            "close an index" => [("closed", "{}")],
            "alias without a write index" => [("first", """{"aliases":{"two":{}}}"""), ("second", """{"aliases":{"two":{}}}""")],
            "alias of one index" => [("third", """{"aliases":{"one":{}}}""")],
            "unknown field, dynamic strict" =>
                [("strict", """{"mappings":{"dynamic":"strict","properties":{"@timestamp":{"type":"date"},"client":{"properties":{"ip":{"type":"ip"}}}}}}""")],
            "ignore_malformed" => [("lenient", """{"mappings":{"properties":{"port":{"type":"long","ignore_malformed":true}}}}""")],
            _ => [],
        };
        foreach ((string index, string body) in indices)
        {
            await PutAsync(port, "/" + index, JsonNode.Parse(body)!);
        }
    }

    private static async Task PutAsync(int port, string path, JsonNode body)
    {
        var request = new JsonObject { ["method"] = "PUT", ["path"] = path, ["headers"] = new JsonObject { ["Content-Type"] = "application/json" }, ["body"] = body.ToJsonString() };
        Assert.Equal(200, (await new Exchange(path, request, new ExchangeAnswer(200, new Dictionary<string, string>(), [])).SendAsync(port)).Status);
    }

    /// <summary>The recorder's own small mapping.</summary>
    private const string Mappings =
        """
        {"properties":{"@timestamp":{"type":"date"},
        "event":{"properties":{"start":{"type":"date"},"end":{"type":"date"},"duration":{"type":"long"},"kind":{"type":"keyword"}}},
        "client":{"properties":{"ip":{"type":"ip"},"port":{"type":"long"}}},"server":{"properties":{"ip":{"type":"ip"},"port":{"type":"long"}}},
        "source":{"properties":{"ip":{"type":"ip"},"port":{"type":"long"}}},"destination":{"properties":{"ip":{"type":"ip"},"port":{"type":"long"}}},
        "related":{"properties":{"ip":{"type":"ip"}}},"status":{"type":"keyword"},
        "tls":{"properties":{"version":{"type":"keyword"},"established":{"type":"boolean"},"resumed":{"type":"boolean"},
        "client":{"properties":{"server_name":{"type":"keyword","ignore_above":1024}}},
        "server":{"properties":{"not_before":{"type":"date"},"not_after":{"type":"date"}}}}}}}
        """;
}
