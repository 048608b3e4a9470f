using System.Text.Json.Nodes;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Elasticsearch.Tests.Replay;

/// <summary>The shared corpus in a real server, in both layouts: all there, as sent, and to be found.</summary>
public class CorpusReplayTests(SharedElasticsearch elasticsearch) : RealServerTests(elasticsearch)
{
    /// <summary>
    /// Fields of the thirteen panels and their saved searches in the dashboard "TLS Sessions" that Packetbeat ships, with the aggregation that the panel makes of
    /// each. Four panels read tls.detailed.*_certificate, which today's Packetbeat does not write.
    /// </summary>
    private static readonly (string Panel, string Field, string Aggregation)[] s_panels =
    [
        ("TLS Sessions", "@timestamp", """{"date_histogram":{"field":"@timestamp","fixed_interval":"365d","min_doc_count":1}}"""),
        ("TLS Sessions", "tls.established", Terms("tls.established")),
        ("TLS Alerts", "tls.detailed.alert_types", """{"terms":{"field":"tls.detailed.alert_types","missing":"None","include":".*"}}"""),
        ("Total Number of TLS Sessions", "tls.established", """{"value_count":{"field":"tls.established"}}"""),
        ("TLS Server Name Indication", "tls.client.server_name", Terms("tls.client.server_name")),
        ("TLS Versions", "tls.detailed.version", Terms("tls.detailed.version")),
        ("TLS Server Public Key Size", "tls.detailed.server_certificate.public_key_size", Terms("tls.detailed.server_certificate.public_key_size")),
        ("TLS Session Resume", "tls.detailed.resumption_method", """{"terms":{"field":"tls.detailed.resumption_method","missing":"none"}}"""),
        ("TLS Server Certificates", "tls.detailed.server_certificate.subject.common_name", Terms("tls.detailed.server_certificate.subject.common_name")),
        ("TLS Server Certificates", "tls.detailed.server_certificate.subject.organization", Terms("tls.detailed.server_certificate.subject.organization")),
        ("TLS Client Certificates", "tls.detailed.client_certificate.subject.common_name", Terms("tls.detailed.client_certificate.subject.common_name")),
        ("TLS Client Certificates", "tls.detailed.client_certificate.signature_algorithm", """{"terms":{"field":"tls.detailed.client_certificate.signature_algorithm","missing":"N/A"}}"""),
        ("TLS Cipher", "tls.cipher", Terms("tls.cipher")),
        ("TLS Fingerprint", "tls.client.ja3", Terms("tls.client.ja3")),
        ("TLS Handshake Latency", "event.duration", """{"histogram":{"field":"event.duration","interval":1000000000}}"""),
    ];

    /// <summary>Names of both layouts, and a query that finds something in the corpus whatever the layout of the index.</summary>
    private static readonly string[] s_queries =
    [
        """{"term":{"tls.client.server_name":"example.com"}}""",
        """{"term":{"tls.client_hello.extensions.server_name_indication":"example.com"}}""",
        """{"range":{"tls.server.not_after":{"gte":"2015-01-01","lt":"2040-01-01"}}}""",
        """{"range":{"tls.server_certificate.not_after":{"gte":"2015-01-01","lt":"2040-01-01"}}}""",
        """{"range":{"tls.server.x509.not_after":{"gte":"2015-01-01","lt":"2040-01-01"}}}""",
        """{"term":{"client.ip":"10.0.0.0/8"}}""",
        """{"term":{"related.ip":"192.168.0.0/16"}}""",
        """{"term":{"tls.handshake_completed":true}}""",
        """{"term":{"tls.established":true}}""",
        """{"exists":{"field":"tls"}}""",
        """{"exists":{"field":"tls.client_hello.supported_ciphers"}}""",
        """{"exists":{"field":"tls.client.supported_ciphers"}}""",
        """{"exists":{"field":"tls.fingerprints.ja3.hash"}}""",
        """{"exists":{"field":"tls.server_certificate.subject.province"}}""",
        """{"exists":{"field":"tls.server.x509.subject.state_or_province"}}""",
        """{"exists":{"field":"tls.next_protocol"}}""",
        """{"range":{"event.duration":{"gt":0}}}""",
    ];

    [Theory]
    [InlineData("classic")]
    [InlineData("ecs")]
    public async Task Every_event_is_there_as_it_was_sent_and_a_second_replay_changes_nothing(string layout)
    {
        ElasticsearchNode server = await ServerAsync();
        string? corpus = SharedMaterial.Find(out string reason, "corpus", "pcaps");
        Assert.SkipWhen(corpus is null, reason);
        using var appliance = new Appliance(server, "corpus-" + layout);
        string[] arguments = ["--layout", layout, corpus!];
        (ToolProcess process, JsonNode summary) = appliance.Replay(arguments);
        long created = (long)summary["events"]!;

        // Four captures of the corpus are damaged, which is told by the exit code.
        Assert.Equal(74, process.ExitCode);
        Assert.InRange(created, 800, long.MaxValue);
        Assert.Equal((created, 0L, 0L), Delivered(summary));
        Assert.Equal(created, await server.CountAsync(appliance.Indices));

        await Holds_what_was_sent(server, appliance, Appliance.Events(arguments));
        await Every_panel_has_data(server, appliance);
        await Every_query_finds_something(server, appliance);

        // A replay knows no clock, so that one months later is this one again.
        Assert.Equal((0L, created, 0L), Delivered(appliance.Replay(arguments).Summary));
        Assert.Equal(created, await server.CountAsync(appliance.Indices));
        Assert.Equal(created, await server.CountAsync("packetbeat-tls-appliance", $$$"""{"prefix":{"_index":"corpus-{{{layout}}}-"}}"""));
    }

    private static async Task Holds_what_was_sent(ElasticsearchNode server, Appliance appliance, SortedDictionary<string, string> sent)
    {
        JsonNode answer = await server.AskAsync(HttpMethod.Post, appliance.Indices + "/_search?size=10000", """{"query":{"match_all":{}}}""");
        JsonArray hits = answer["hits"]!["hits"]!.AsArray();
        Assert.Equal(sent.Count, hits.Count);
        foreach (JsonNode? hit in hits)
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sent[(string)hit!["_id"]!]), hit["_source"]), (string)hit["_id"]!);
        }
    }

    private static async Task Every_panel_has_data(ElasticsearchNode server, Appliance appliance)
    {
        foreach ((string panel, string field, string aggregation) in s_panels)
        {
            JsonNode answer = await server.AskAsync(
                HttpMethod.Post, appliance.Indices + "/_search?size=0", $$$"""{"query":{"exists":{"field":"{{{field}}}"}},"aggs":{"panel":{{{aggregation}}}}}""");
            JsonNode found = answer["aggregations"]!["panel"]!;
            long value = found["buckets"] is JsonArray buckets ? buckets.Sum(bucket => (long)bucket!["doc_count"]!) : (long)found["value"]!;
            Assert.True(value > 0, $"{panel}: {field} has no data");
        }
    }

    private static async Task Every_query_finds_something(ElasticsearchNode server, Appliance appliance)
    {
        foreach (string query in s_queries)
        {
            Assert.True(await server.CountAsync(appliance.Indices, query) > 0, query);
        }
    }

    private static (long Indexed, long Duplicate, long Lost) Delivered(JsonNode summary)
    {
        JsonNode delivery = summary["elasticsearch"]!;
        return ((long)delivery["indexed"]!, (long)delivery["duplicate"]!,
            (long)delivery["dead_lettered"]! + (long)delivery["pending"]! + delivery["dropped"]!.AsObject().Sum(drop => (long)drop.Value!));
    }

    private static string Terms(string field) => $$$"""{"terms":{"field":"{{{field}}}"}}""";
}
