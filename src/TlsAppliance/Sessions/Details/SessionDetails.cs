using System.Globalization;
using System.Text.Json;
using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Sessions.Details;

/// <summary>One session in all detail, for a person: what it was, when what happened, what was offered and chosen, and the certificates as a tree.</summary>
internal sealed class SessionDetails
{
    private readonly EventDocument _document;
    private readonly SessionRow _row;
    private readonly TextBlock _text;

    private SessionDetails(EventDocument document, SessionRow row, int width) => (_document, _row, _text) = (document, row, new TextBlock(width));

    /// <summary>Text with lines of at most <paramref name="width"/> characters, as far as words allow.</summary>
    public static string Write(ReadOnlyMemory<byte> document, int width)
    {
        using JsonDocument json = JsonDocument.Parse(document);
        SessionRowReader.TryRead(json.RootElement, out SessionRow? row);
        return new SessionDetails(new EventDocument(json.RootElement), row!, width).Write();
    }

    private string Write()
    {
        WriteSession();
        new HandshakeTimeLine(_document, _row).Write(_text);
        new OfferedAndChosen(_document).Write(_text);
        new CertificateTree(_document, "server", _row.Time).Write(_text);
        new CertificateTree(_document, "client", _row.Time).Write(_text);
        WriteFingerprints();
        return _text.ToString();
    }

    private void WriteSession()
    {
        _text.Heading($"{_row.Server}  {(_row.Version.Length > 0 ? _row.Version : "no hello")}  {Outcome()}");
        _text.Line("time", _row.Time.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture));
        _text.Line("client", Endpoint("client", "source"));
        _text.Line("server", Endpoint("server", "destination"));
        _text.Line("direction", Text("network.direction").Replace("unknown", "", StringComparison.Ordinal));
        _text.Line("vlan", Join(" in ", Text("network.inner.vlan.id"), Text("network.vlan.id")));
        _text.Line("tunnel", Join(" ", Text("tls_appliance.tunnel.type"), Text("tls_appliance.tunnel.id")));
        _text.Line("resumed", _row.Resumed);
        _text.Line("stapled OCSP", Text("tls.detailed.ocsp_response", "tls.ocsp_response"));
        _text.Line("anomalies", Text("tls_appliance.anomalies"));
        _text.Line("lost", Join(", ", Bytes("client", Text("tls_appliance.client.gap_bytes")), Bytes("server", Text("tls_appliance.server.gap_bytes"))));
        _text.Line("cut", Text("tls_appliance.truncated"));
        _text.Line("community id", Text("network.community_id"));
        _text.Line("id", Text("event.id"));
    }

    private string Outcome() => Text("tls.established", "tls.handshake_completed") == "true" ? "established"
        : _row.Alert.Length > 0 ? $"failed: {_row.Alert}" : "not completed";

    private string Endpoint(string side, string other)
    {
        string address = Text($"{side}.ip", $"{other}.ip");
        _ = int.TryParse(Text($"{side}.port", $"{other}.port"), NumberStyles.None, CultureInfo.InvariantCulture, out int port);
        string place = Join(", ", Text($"{side}.geo.city_name"), Text($"{side}.geo.country_name"), Prefixed("AS", Text($"{side}.as.number")), Text($"{side}.as.organization.name"));
        string traffic = Join(" in ", Suffixed(Text($"{side}.bytes"), " bytes"), Suffixed(Text($"{side}.packets"), " packets"));
        return Join("  ", SessionRowReader.Endpoint(address, port), Suffixed(Prefixed("sent ", traffic), ""), place);
    }

    private void WriteFingerprints()
    {
        string[] all = [Text("tls.client.ja4"), Text("tls.client.ja3", "tls.fingerprints.ja3.hash"), Text("tls.server.ja3s")];
        if (all.Any(text => text.Length > 0))
        {
            _text.Heading("Fingerprints");
            _text.Line("JA4", all[0]);
            _text.Line("JA3", all[1]);
            _text.Line("JA3S", all[2]);
        }
    }

    private string Text(params string[] paths) => _document.Text(paths);

    private static string Bytes(string side, string count) => count.Length == 0 ? "" : $"{count} bytes of the {side}";

    private static string Prefixed(string prefix, string text) => text.Length == 0 ? "" : prefix + text;

    private static string Suffixed(string text, string suffix) => text.Length == 0 ? "" : text + suffix;

    private static string Join(string separator, params string[] texts) => string.Join(separator, texts.Where(text => text.Length > 0));
}
