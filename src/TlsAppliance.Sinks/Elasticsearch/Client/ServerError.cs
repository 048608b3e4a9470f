using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>The <c>error</c> of an answer: an object, or a plain text.</summary>
/// <param name="Type">Such as <c>illegal_argument_exception</c>; empty when the error is a text.</param>
/// <param name="Reason">The reason and, behind it, that of the innermost cause, where what is really wrong often stands.</param>
public readonly record struct ServerError(string Type, string Reason)
{
    /// <summary>Causes lie in each other; a server has a handful.</summary>
    private const int MaximumCauses = 16;

    /// <summary>Null when the body is no JSON object with an <c>error</c>.</summary>
    internal static ServerError? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out JsonElement error) ? Read(error) : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Names with broken escapes are found only when they are looked at.
            return null;
        }
    }

    internal static ServerError Read(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return new ServerError("", error.ValueKind == JsonValueKind.String ? Text(error) : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(error)));
        }

        string reason = Text(error, "reason");
        JsonElement cause = error;
        for (int depth = 0; depth < MaximumCauses && cause.TryGetProperty("caused_by", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object; depth++)
        {
            cause = inner;
        }

        string innermost = Text(cause, "reason");
        return new ServerError(Text(error, "type"), innermost.Length == 0 || innermost == reason ? reason : $"{reason}: {innermost}");
    }

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? Text(value) : "";

    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate or no UTF-8 at all: foreign text that still says something.
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));
        }
    }
}
