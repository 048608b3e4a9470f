using System.Globalization;
using System.Text.Json;

namespace TlsAppliance.Sessions;

/// <summary>Reads the row of the table back from an event document, in either layout: the event is the one truth, also when it comes from a file.</summary>
internal static class SessionRowReader
{
    /// <summary>Version bytes of a hello as the classic layout writes them.</summary>
    private static readonly Dictionary<string, string> s_versions = new(StringComparer.Ordinal)
    {
        ["0.2"] = "SSL 2.0",
        ["2.0"] = "SSL 2.0",
        ["3.0"] = "SSL 3.0",
        ["3.1"] = "TLS 1.0",
        ["3.2"] = "TLS 1.1",
        ["3.3"] = "TLS 1.2",
        ["3.4"] = "TLS 1.3",
    };

    /// <summary>False when the document is not the JSON of an event.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> document, out SessionRow? row)
    {
        row = null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(document);
            row = Read(json.RootElement);
        }
        catch (JsonException)
        {
            // Not JSON: the caller says which file and line.
        }

        return row is not null;
    }

    public static bool TryRead(JsonElement root, out SessionRow? row)
    {
        row = Read(root);
        return row is not null;
    }

    /// <summary>Whether this is an event of a TLS session.</summary>
    public static bool IsEvent(JsonElement root) => Find(root, "@timestamp") is not null && Find(root, "tls") is not null;

    private static SessionRow? Read(JsonElement root)
    {
        if (!DateTimeOffset.TryParse(
                Text(root, "@timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ||
            Find(root, "tls") is null)
        {
            return null;
        }

        return new SessionRow
        {
            Time = time.ToUniversalTime(),
            ClientAddress = FirstText(root, "client.ip", "source.ip"),
            ClientPort = Port(root, "client.port", "source.port"),
            Server = Server(root),
            Version = Version(root),
            Cipher = FirstText(root, "tls.cipher", "tls.server_hello.selected_cipher"),
            Group = FirstText(root, "tls.curve", "tls_appliance.server.group"),
            Resumed = Resumed(root),
            Alert = Alert(root),
            CertificateExpiry = Expiry(root),
        };
    }

    private static string Server(JsonElement root)
    {
        string name = FirstText(
            root,
            "tls.client.server_name",
            "tls.client_hello.extensions.server_name_indication",
            "tls.detailed.client_hello.extensions.server_name_indication",
            "server.domain",
            "destination.domain");
        return name.Length > 0 ? name : Endpoint(FirstText(root, "server.ip", "destination.ip"), Port(root, "server.port", "destination.port"));
    }

    /// <summary>An address with its port; IPv6 in brackets.</summary>
    public static string Endpoint(string address, int port) => address.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{address}]:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}");

    private static string Version(JsonElement root)
    {
        string detailed = FirstText(root, "tls.detailed.version");
        string version = FirstText(root, "tls.version");
        if (detailed.Length > 0 || version.Length > 0)
        {
            string protocol = FirstText(root, "tls.version_protocol").ToUpperInvariant();
            return detailed.Length > 0 ? detailed : protocol.Length > 0 ? $"{protocol} {version}" : version;
        }

        string selected = FirstText(
            root, "tls.server_hello.extensions.supported_versions", "tls.server_hello.selected_version", "tls.server_hello.version", "tls.client_hello.version");
        return s_versions.GetValueOrDefault(selected, selected);
    }

    private static string Resumed(JsonElement root)
    {
        if (Find(root, "tls.resumed") is not { ValueKind: JsonValueKind.True })
        {
            return "";
        }

        string method = FirstText(root, "tls.resumption_method", "tls.detailed.resumption_method");
        return method.Length > 0 ? method : "yes";
    }

    private static string Alert(JsonElement root)
    {
        JsonElement? alerts = Find(root, "tls.alerts") ?? Find(root, "tls.detailed.alerts");
        if (alerts is not { ValueKind: JsonValueKind.Array } list)
        {
            return "";
        }

        JsonElement[] all = [.. list.EnumerateArray()];
        JsonElement first = all.FirstOrDefault(alert => Text(alert, "severity") == "fatal", all.FirstOrDefault());
        return Text(first, "type");
    }

    private static DateTimeOffset? Expiry(JsonElement root)
    {
        string text = FirstText(root, "tls.server.not_after", "tls.server.x509.not_after", "tls.server_certificate.not_after");
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset expiry)
            ? expiry.ToUniversalTime()
            : null;
    }

    private static int Port(JsonElement root, params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
        {
            if (Find(root, path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int port))
            {
                return port;
            }
        }

        return 0;
    }

    private static string FirstText(JsonElement root, params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
        {
            string text = Text(root, path);
            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }

    /// <summary>The text at the path, or the first of a list of texts there; empty when there is none.</summary>
    private static string Text(JsonElement root, string path) => Find(root, path) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } first
            ? first.GetString()!
            : "",
        _ => "",
    };

    private static JsonElement? Find(JsonElement element, string path)
    {
        foreach (Range part in path.AsSpan().Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(path.AsSpan()[part], out element))
            {
                return null;
            }
        }

        return element;
    }
}
