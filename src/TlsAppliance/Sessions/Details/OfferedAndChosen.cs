using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Sessions.Details;

/// <summary>What the client offered, with a mark at what the server chose; a choice that was not offered is told.</summary>
internal sealed class OfferedAndChosen(EventDocument document)
{
    private const string Hello = "_hello.extensions.";

    /// <summary>A client offers it by a cipher suite that stands for it (RFC 5746, 3.3).</summary>
    private const string Renegotiation = "renegotiation_info";

    public void Write(TextBlock text)
    {
        (string Label, IReadOnlyList<string> Offered, IReadOnlyList<string> Chosen)[] rows =
        [
            ("version", Extension("client", "supported_versions"), Version()),
            ("cipher", Values("tls.client.supported_ciphers", "tls.client_hello.supported_ciphers"), Values("tls.cipher", "tls.server_hello.selected_cipher")),
            ("group", Extension("client", "supported_groups"), Values("tls.curve")),
            ("key share", Values("tls_appliance.client.key_shares"), Values("tls.curve")),
            ("ALPN", Extension("client", "application_layer_protocol_negotiation"), [.. Values("tls.next_protocol"), .. Extension("server", "application_layer_protocol_negotiation")]),
            ("signature", Extension("client", "signature_algorithms"), []),
            ("compression", Both("client_hello.supported_compression_methods"), Both("server_hello.selected_compression_method")),
            ("extensions", Values("tls_appliance.client.extensions"), Values("tls_appliance.server.extensions")),
        ];
        if (rows.All(row => row.Offered.Count == 0))
        {
            return;
        }

        text.Heading("Offered by the client (* chosen or answered by the server)");
        foreach ((string label, IReadOnlyList<string> offered, IReadOnlyList<string> chosen) in rows)
        {
            text.Line(label, Marked(offered, chosen, label is "key share"));
        }
    }

    private static string Marked(IReadOnlyList<string> offered, IReadOnlyList<string> chosen, bool onlyMark)
    {
        IEnumerable<string> marked = offered.Select(value => chosen.Contains(value) ? "*" + value : value);
        string[] others = onlyMark || offered.Count == 0 ? [] : [.. chosen.Except(offered).Where(value => value != Renegotiation)];
        return string.Join(", ", marked) + (others.Length > 0 ? $" (chosen without being offered: {string.Join(", ", others)})" : "");
    }

    private string[] Version() =>
        SessionRowReader.TryRead(document.Root, out SessionRow? row) && Values("tls.cipher", "tls.server_hello.selected_cipher").Length > 0 ? [row!.Version] : [];

    private string[] Extension(string side, string name) => Values($"tls.detailed.{side}{Hello}{name}", $"tls.{side}{Hello}{name}");

    private string[] Both(string path) => Values($"tls.detailed.{path}", $"tls.{path}");

    private string[] Values(params string[] paths) => [.. document.Values(paths).Select(EventDocument.Text)];
}
