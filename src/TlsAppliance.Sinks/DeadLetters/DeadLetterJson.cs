using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TlsAppliance.Sinks.DeadLetters;

/// <summary>
/// One letter as one line: who, why, and the event as it was sent, byte for byte. Foreign text is cut, and holds nothing that moves a terminal: control
/// characters and all that is not ASCII are escaped.
/// </summary>
internal static class DeadLetterJson
{
    /// <summary>Enough of a reason to understand it; Elasticsearch puts the whole document into some.</summary>
    public const int MaximumReason = 2048;

    /// <summary>Longest type or index that is kept; Elasticsearch's own limit for an index is 255 bytes.</summary>
    public const int MaximumName = 256;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Default, SkipValidation = false };

    public static void Write(ArrayBufferWriter<byte> output, in DeadLetter letter)
    {
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            json.WriteString("time", letter.Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("id", letter.Id.ToString("x32", CultureInfo.InvariantCulture));
            json.WriteNumber("timestamp", letter.Timestamp);
            json.WriteString("index", Cut(letter.Index, MaximumName));
            json.WriteNumber("status", letter.Status);
            json.WriteString("type", Cut(letter.Type, MaximumName));
            json.WriteString("reason", Cut(letter.Reason, MaximumReason));
            json.WriteNumber("attempts", letter.Attempts);
            json.WritePropertyName("event");
            WriteEvent(json, letter.Document.Span);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>null: the line is no letter.</summary>
    public static DeadLetter? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            JsonElement body = root.GetProperty("event");
            return new DeadLetter
            {
                Id = UInt128.Parse(root.GetProperty("id").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                Timestamp = root.GetProperty("timestamp").GetInt64(),
                Document = body.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(body.GetString()!) : Encoding.UTF8.GetBytes(body.GetRawText()),
                Index = root.GetProperty("index").GetString()!,
                Status = root.GetProperty("status").GetInt32(),
                Type = root.GetProperty("type").GetString()!,
                Reason = root.GetProperty("reason").GetString()!,
                Attempts = root.GetProperty("attempts").GetInt32(),
                Time = root.GetProperty("time").GetDateTimeOffset(),
            };
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentNullException)
        {
            return null;
        }
    }

    /// <summary>As it is; what is no JSON object of one line, which no renderer makes, as text, so that the file stays readable.</summary>
    private static void WriteEvent(Utf8JsonWriter json, ReadOnlySpan<byte> document)
    {
        if (IsOneLineOfJson(document))
        {
            json.WriteRawValue(document, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(Encoding.UTF8.GetString(document));
        }
    }

    private static bool IsOneLineOfJson(ReadOnlySpan<byte> document)
    {
        if (document.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            return false;
        }

        var reader = new Utf8JsonReader(document);
        try
        {
            while (reader.Read())
            {
            }

            return reader.BytesConsumed > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Cut(string text, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text;
        }

        int length = char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, length)}... ({text.Length - length} more characters)");
    }
}
