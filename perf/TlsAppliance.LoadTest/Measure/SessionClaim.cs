using System.Text.Json;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>What is said of one session, by the truth of a load or by an event (layout ecs, SHA-256 fingerprints). Null: not said.</summary>
internal sealed record SessionClaim
{
    public required string Client { get; init; }

    public required string Server { get; init; }

    public required string? ClientRandom { get; init; }

    public string? ServerName { get; init; }

    public string? Version { get; init; }

    public string? Cipher { get; init; }

    public bool Resumed { get; init; }

    public bool Established { get; init; }

    public string? Ja3 { get; init; }

    public string? LeafSha256 { get; init; }

    public int Chain { get; init; }

    public bool ClientCertificate { get; init; }

    public string? Protocol { get; init; }

    public string Alerts { get; init; } = "";

    /// <summary>No two sessions of a load have the same.</summary>
    public string Identity => $"{Client} {Server} {ClientRandom}";

    /// <summary>A line of a truth file: of <c>generate</c>, or of the other generator that writes more of the alerts.</summary>
    public static SessionClaim OfTruth(JsonElement line) => new()
    {
        Client = $"{Text(line, "client")} {line.GetProperty("client_port")}",
        Server = $"{Text(line, "server")} {line.GetProperty("server_port")}",
        ClientRandom = Text(line, "client_random"),
        ServerName = Text(line, "sni"),
        Version = Text(line, "version"),
        Cipher = line.GetProperty("cipher") is { ValueKind: JsonValueKind.Number } cipher ? CipherSuites.Name(cipher.GetUInt16()) : null,
        Resumed = line.GetProperty("resumed").GetBoolean(),
        Established = line.GetProperty("established").GetBoolean(),
        Ja3 = Text(line, "ja3"),
        LeafSha256 = Text(line, "leaf_sha256"),
        Chain = line.GetProperty("chain").GetInt32(),
        ClientCertificate = line.GetProperty("client_certificate").GetBoolean(),
        Protocol = Text(line, "alpn"),
        Alerts = Codes(line),
    };

    public static SessionClaim OfEvent(JsonElement document)
    {
        JsonElement tls = document.GetProperty("tls");
        return new SessionClaim
        {
            Client = $"{At(document, "client", "ip")} {At(document, "client", "port")}",
            Server = $"{At(document, "server", "ip")} {At(document, "server", "port")}",
            ClientRandom = Text(tls, "detailed", "client_hello", "random"),
            ServerName = Text(tls, "client", "server_name"),
            Version = Text(tls, "detailed", "version"),
            Cipher = Text(tls, "cipher"),
            Resumed = tls.GetProperty("resumed").GetBoolean(),
            Established = tls.GetProperty("established").GetBoolean(),
            Ja3 = Text(tls, "client", "ja3"),
            LeafSha256 = Text(tls, "server", "hash", "sha256")?.ToLowerInvariant(),
            Chain = (At(tls, "server", "x509") is { ValueKind: JsonValueKind.Object } ? 1 : 0)
                + (At(tls, "detailed", "server_certificate_chain") is { ValueKind: JsonValueKind.Array } chain ? chain.GetArrayLength() : 0),
            ClientCertificate = At(tls, "client", "x509") is { ValueKind: JsonValueKind.Object },
            Protocol = Text(tls, "next_protocol"),
            Alerts = At(tls, "detailed", "alerts") is { ValueKind: JsonValueKind.Array } alerts
                ? string.Join(' ', alerts.EnumerateArray().Select(alert => alert.GetProperty("code")))
                : "",
        };
    }

    /// <summary>Names of what an event says otherwise. A truth without version or cipher says that no server chose one.</summary>
    public IEnumerable<string> DifferencesOf(SessionClaim told)
    {
        (string Name, object? Truth, object? Told)[] values =
        [
            ("server name", ServerName, told.ServerName), ("version", Version, Version is null ? null : told.Version), ("cipher", Cipher, told.Cipher),
            ("resumed", Resumed, told.Resumed), ("established", Established, told.Established), ("ja3", Ja3, told.Ja3),
            ("certificate", LeafSha256, told.LeafSha256), ("chain", Chain, told.Chain), ("client certificate", ClientCertificate, told.ClientCertificate),
            ("alpn", Protocol, Protocol is null ? null : told.Protocol), ("alerts", Alerts, told.Alerts),
        ];
        return values.Where(value => !Equals(value.Truth, value.Told)).Select(value => $"{value.Name}: {value.Told ?? "nothing"} instead of {value.Truth ?? "nothing"}");
    }

    private static string Codes(JsonElement line) => line.TryGetProperty("alerts", out JsonElement alerts)
        ? string.Join(' ', alerts.EnumerateArray().Select(alert => alert.GetProperty("code")))
        : line.TryGetProperty("alert", out JsonElement alert) && alert.ValueKind == JsonValueKind.Number ? $"{alert}" : "";

    private static string? Text(JsonElement within, params ReadOnlySpan<string> path) =>
        At(within, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement At(JsonElement within, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (within.ValueKind != JsonValueKind.Object || !within.TryGetProperty(name, out within))
            {
                return default;
            }
        }

        return within;
    }
}
