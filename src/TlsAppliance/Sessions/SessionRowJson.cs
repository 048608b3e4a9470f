using System.Text.Json;

namespace TlsAppliance.Sessions;

/// <summary>A row as one JSON object, for scripts; names are stable.</summary>
internal static class SessionRowJson
{
    public static string Write(SessionRow row) => JsonLine.Object(json =>
    {
        json.WriteString("time", row.Time.UtcDateTime);
        json.WriteString("client", SessionRowReader.Endpoint(row.ClientAddress, row.ClientPort));
        WriteKnown(json, "server", row.Server);
        WriteKnown(json, "version", row.Version);
        WriteKnown(json, "cipher", row.Cipher);
        WriteKnown(json, "group", row.Group);
        WriteKnown(json, "resumed", row.Resumed);
        WriteKnown(json, "alert", row.Alert);
        if (row.CertificateExpiry is { } expiry)
        {
            json.WriteString("expires", expiry.UtcDateTime);
        }
    });

    private static void WriteKnown(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }
}
