using System.Globalization;
using System.Text.Json;

namespace TlsAppliance.Logs;

/// <summary>One ECS object a line, with the names that Beats' own log has.</summary>
internal sealed class EcsLogFormat : ILogFormat
{
    private const int MaximumText = 8192;
    private const string Template = "{OriginalFormat}";

    public string Write(LogRecord record) => JsonLine.Object(json =>
    {
        json.WriteString("log.level", LogLevelText.Of(record.Level));
        json.WriteString("@timestamp", record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("log.logger", record.Part);
        json.WriteString("message", Printable.Text(record.Message, MaximumText));
        json.WriteString("service.name", "tls-appliance");
        json.WriteString("event.action", record.Event);
        WriteLabels(json, record);
        if (record.Fault is { } fault)
        {
            json.WriteString("error.type", fault.GetType().FullName);
            json.WriteString("error.message", Printable.Text(fault.Message, MaximumText));
            json.WriteString("error.stack_trace", (fault.StackTrace ?? "").ReplaceLineEndings("\n"));
        }

        json.WriteString("ecs.version", "8.0.0");
    });

    private static void WriteLabels(Utf8JsonWriter json, LogRecord record)
    {
        KeyValuePair<string, object?>[] values = [.. record.Values.Where(value => value.Key != Template && value.Value is not null)];
        if (values.Length == 0 && record.Suppressed == 0)
        {
            return;
        }

        json.WriteStartObject("labels");
        foreach ((string name, object? value) in values)
        {
            Write(json, Printable.Text(name), value!);
        }

        if (record.Suppressed > 0)
        {
            json.WriteNumber("suppressed", record.Suppressed);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int or long or short or byte or ushort or uint:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, Printable.Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", MaximumText));
                break;
        }
    }
}
