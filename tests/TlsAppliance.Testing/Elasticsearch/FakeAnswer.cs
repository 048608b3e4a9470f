using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>One answer before it goes to the wire.</summary>
public sealed record FakeAnswer(int Status, byte[] Body, string? ContentType = "application/json")
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Ends the connection after the answer.</summary>
    public bool Closes { get; init; }

    /// <summary>Elasticsearch leaves its product header away with 413 and 417.</summary>
    public bool HasProduct { get; init; } = true;

    /// <summary>How the bytes go out.</summary>
    public BulkFault Wire { get; init; }

    /// <summary>Ids of the documents that a client knows to be there once it has read this.</summary>
    public IReadOnlyList<string> Confirms { get; init; } = [];

    public static FakeAnswer Json(int status, JsonNode body) => new(status, Encoding.UTF8.GetBytes(body.ToJsonString(s_json)));

    public static FakeAnswer Acknowledged() => Json(200, new JsonObject { ["acknowledged"] = true });

    /// <summary>As Elasticsearch reports what is wrong with a request.</summary>
    public static FakeAnswer Error(int status, string type, string reason)
    {
        JsonObject Cause() => new() { ["type"] = type, ["reason"] = reason };
        JsonObject error = Cause();
        error.Insert(0, "root_cause", new JsonArray(Cause()));
        return Json(status, new JsonObject { ["error"] = error, ["status"] = status }) with { ContentType = "application/json;charset=utf-8" };
    }

    /// <summary>As Elasticsearch reports what it has no handler for.</summary>
    public static FakeAnswer TextError(int status, string error) =>
        Json(status, new JsonObject { ["error"] = error, ["status"] = status });
}
