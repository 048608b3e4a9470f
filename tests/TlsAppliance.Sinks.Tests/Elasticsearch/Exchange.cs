using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TlsAppliance.Sinks.Tests.Elasticsearch;

/// <summary>One recorded request with its answer.</summary>
internal sealed record Exchange(string Name, JsonNode Request, ExchangeAnswer Recorded)
{
    public string Method => Request["method"]!.ToString();

    public bool HasBody => Bytes(Request) is { Length: > 0 };

    public string Path => Request["path"]!.ToString();

    public static Exchange Parse(string line)
    {
        JsonNode node = JsonNode.Parse(line)!;
        JsonNode response = node["response"]!;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonNode? value) in response["headers"]?.AsObject() ?? [])
        {
            headers[name] = value!.ToString();
        }

        byte[] body = Bytes(response) ?? [];
        return new Exchange(node["name"]!.ToString(), node["request"]!, new ExchangeAnswer(response["status"]!.GetValue<int>(), headers, body));
    }

    /// <summary>Sends the request as it was recorded.</summary>
    public async Task<ExchangeAnswer> SendAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        NetworkStream stream = client.GetStream();
        byte[]? body = Bytes(Request);
        bool isChunked = Request["chunked"] is not null;
        var head = new StringBuilder($"{Method} {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        foreach ((string name, JsonNode? value) in Request["headers"]?.AsObject() ?? [])
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        head.Append(body is null ? "" : isChunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {body.Length}\r\n").Append("\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()));
        await stream.WriteAsync(!isChunked ? body ?? [] : [.. Encoding.ASCII.GetBytes($"{body!.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8]);
        return await ExchangeAnswer.ReadAsync(stream, hasBody: Method != "HEAD");
    }

    /// <summary>What differs from the recording where it may not; null when nothing does.</summary>
    public string? Difference(ExchangeAnswer answer)
    {
        if (answer.Status != Recorded.Status)
        {
            return $"status {answer.Status}, recorded {Recorded.Status}";
        }

        foreach (string name in (string[])["X-elastic-product", "content-type", "Warning"])
        {
            if (Header(answer, name) != Header(Recorded, name))
            {
                return $"{name} \"{Header(answer, name)}\", recorded \"{Header(Recorded, name)}\"";
            }
        }

        string shape = ShapeOf(answer.Unpacked());
        string recorded = ShapeOf(Recorded.Unpacked());
        return shape == recorded ? null : $"{Short(shape)}\n    recorded {Short(recorded)}";
    }

    private static string Short(string shape) => shape.Length > 400 ? shape[..400] : shape;

    /// <summary>Of warnings only that there is one; their text carries a build.</summary>
    private static string Header(ExchangeAnswer answer, string name) =>
        !answer.Headers.TryGetValue(name, out string? value) ? "" : name == "Warning" ? "there" : value.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Names, their order, statuses and error types; texts, ids made by the server and counters may differ.</summary>
    private static string ShapeOf(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) is { } node ? Shape(node, "").ToJsonString() : "null";
        }
        catch (JsonException)
        {
            return body.Length == 0 ? "nothing" : "no JSON";
        }
    }

    private static JsonNode Shape(JsonNode node, string name) => node switch
    {
        JsonObject parent => new JsonObject(Kept(parent).Select(child => KeyValuePair.Create(child.Key, child.Value is null ? null : (JsonNode?)Shape(child.Value, child.Key)))),
        JsonArray list => new JsonArray([.. list.Select(element => element is null ? null : Shape(element, name))]),
        _ when name is "status" or "type" or "errors" or "result" or "forced_refresh" or "acknowledged" or "found" or "count" or "_version" => node.DeepClone(),
        _ => JsonValue.Create("."),
    };

    /// <summary>Which shard and uuid an error names, and how its causes nest, is the server's own affair.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Kept(JsonObject parent) => parent.Where(
        child => child.Key is not ("index_uuid" or "shard" or "index" or "stack_trace" or "took" or "ingest_took" or "resource.type" or "resource.id" or "caused_by" or "root_cause"));

    private static byte[]? Bytes(JsonNode node) =>
        node["body"] is { } text ? Encoding.UTF8.GetBytes(text is JsonValue ? text.ToString() : text.ToJsonString())
        : node["body_base64"] is { } base64 ? Convert.FromBase64String(base64.ToString())
        : null;
}
