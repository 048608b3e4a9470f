using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TlsAppliance;

/// <summary>JSON for scripts: one line, the letters of all languages as they are.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="members">Writes what stands between the braces.</param>
    public static string Object(Action<Utf8JsonWriter> members) => Write(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    /// <param name="elements">Writes what stands between the brackets.</param>
    public static string Array(Action<Utf8JsonWriter> elements) => Write(json =>
    {
        json.WriteStartArray();
        elements(json);
        json.WriteEndArray();
    });

    private static string Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            content(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
