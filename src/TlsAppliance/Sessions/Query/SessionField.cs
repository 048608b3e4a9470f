using System.Text.Json;
using TlsAppliance.Configuration;
using TlsAppliance.Events.Fields;

namespace TlsAppliance.Sessions.Query;

/// <summary>
/// A field as a person names it: a path of either layout, a short name (<c>sni</c>, <c>not_after</c>), or a path of the user's own. It is found in events of both
/// layouts.
/// </summary>
internal sealed class SessionField
{
    private const string VersionName = "version";

    /// <summary>Names for what people ask for most, in the order of the help.</summary>
    private static readonly Dictionary<string, string[]> s_short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["time"] = ["@timestamp"],
        ["id"] = ["event.id"],
        ["client"] = ["client.ip", "source.ip"],
        ["server"] = ["server.ip", "destination.ip"],
        ["port"] = ["server.port", "destination.port"],
        ["sni"] = ["tls.client.server_name", "tls.client_hello.extensions.server_name_indication"],
        [VersionName] = ["tls.detailed.version", "tls.version"],
        ["cipher"] = ["tls.cipher", "tls.server_hello.selected_cipher"],
        ["group"] = ["tls.curve"],
        ["alpn"] = ["tls.next_protocol", "tls.server_hello.extensions.application_layer_protocol_negotiation"],
        ["established"] = ["tls.established", "tls.handshake_completed"],
        ["resumed"] = ["tls.resumed"],
        ["alert"] = ["tls.detailed.alerts.type", "tls.alerts.type"],
        ["ja3"] = ["tls.client.ja3", "tls.fingerprints.ja3.hash"],
        ["ja4"] = ["tls.client.ja4"],
        ["ja3s"] = ["tls.server.ja3s"],
        ["subject"] = ["tls.server.subject", "tls.server.x509.subject.distinguished_name", "tls.server_certificate.subject.common_name"],
        ["issuer"] = ["tls.server.issuer", "tls.server.x509.issuer.distinguished_name", "tls.server_certificate.issuer.common_name"],
        ["not_before"] = ["tls.server.not_before", "tls.server.x509.not_before", "tls.server_certificate.not_before"],
        ["not_after"] = ["tls.server.not_after", "tls.server.x509.not_after", "tls.server_certificate.not_after"],
        ["key"] = ["tls.server.x509.public_key_algorithm", "tls.server_certificate.public_key_algorithm"],
        ["key_size"] = ["tls.server.x509.public_key_size", "tls.server_certificate.public_key_size"],
        ["signature"] = ["tls.server.x509.signature_algorithm", "tls.server_certificate.signature_algorithm"],
        ["community_id"] = ["network.community_id"],
        ["bytes"] = ["network.bytes"],
        ["packets"] = ["network.packets"],
        ["duration"] = ["event.duration"],
        ["end"] = ["tls_appliance.end_reason"],
    };

    private SessionField(string name, IReadOnlyList<string> paths, bool isVersion) => (Name, Paths, IsVersion) = (name, paths, isVersion);

    public static IEnumerable<string> ShortNames => s_short.Keys;

    /// <summary>As the user wrote it.</summary>
    public string Name { get; }

    /// <summary>Where it may stand.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Its values are versions, which layouts spell differently.</summary>
    private bool IsVersion { get; }

    /// <exception cref="QueryException">Nobody knows the name.</exception>
    public static SessionField Find(string name)
    {
        if (name is "tls.version" or "tls.detailed.version" || string.Equals(name, VersionName, StringComparison.OrdinalIgnoreCase))
        {
            return new SessionField(name, s_short[VersionName], isVersion: true);
        }

        if (s_short.TryGetValue(name, out string[]? paths))
        {
            return new SessionField(name, paths, isVersion: false);
        }

        EventField[] rows = [.. EventFields.All.Where(row => row.Ecs == name || row.Classic == name)];
        if (rows.Length > 0)
        {
            return new SessionField(name, [.. rows.SelectMany(row => (string?[])[row.Ecs, row.Classic]).OfType<string>().Prepend(name).Distinct()], isVersion: false);
        }

        if (name.Contains('.', StringComparison.Ordinal) || name is "tls" or "tags" or "fields")
        {
            return new SessionField(name, [name], isVersion: false);
        }

        string? nearest = NearestName.Find(name, s_short.Keys);
        throw new QueryException($"no field is called {Printable.Text(name, 60)}{(nearest is null ? $"; short names are {string.Join(", ", s_short.Keys)}, others are written in full, such as tls.cipher" : $"; did you mean {nearest}?")}");
    }

    public IReadOnlyList<JsonElement> Values(EventDocument document) => document.Values(Paths);

    /// <summary>The values as texts that can be compared; versions without the name of the protocol.</summary>
    public IEnumerable<string> Texts(EventDocument document) => IsVersion
        ? SessionRowReader.TryRead(document.Root, out SessionRow? row) && row!.Version.Length > 0 ? [row.Version.Replace("TLS ", "", StringComparison.Ordinal)] : []
        : Values(document).Select(EventDocument.Text);

    /// <summary>As it is written for comparison with <see cref="Texts"/>.</summary>
    public string Normal(string value) => IsVersion && value.StartsWith("TLS", StringComparison.OrdinalIgnoreCase) ? value[3..].TrimStart(' ', 'v', 'V') : value;
}
