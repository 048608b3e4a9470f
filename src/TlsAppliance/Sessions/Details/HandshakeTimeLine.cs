using System.Globalization;
using System.Text.Json;
using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Sessions.Details;

/// <summary>
/// What happened when, counted from the first payload. An event keeps three times: connected, server hello, completed; messages between them stand in their
/// order without a time.
/// </summary>
internal sealed class HandshakeTimeLine(EventDocument document, SessionRow row)
{
    private const int TimeWidth = 13;
    private const double NanosecondsPerMillisecond = 1e6;
    private const string FromClient = "client →  ";
    private const string FromServer = "server ←  ";
    private const string Neither = "          ";

    public void Write(TextBlock text)
    {
        text.Heading("Time line (milliseconds from the first payload)");
        if (Nanoseconds("tls_appliance.timing.tcp_connect") is { } connect)
        {
            Step(text, null, Neither, $"TCP connected; SYN to SYN-ACK took {Milliseconds(connect)}");
        }

        bool hasClientHello = Has("tls.detailed.client_hello", "tls.client_hello", "tls.client.ja3");
        bool hasServerHello = Has("tls.detailed.server_hello", "tls.server_hello", "tls.cipher");
        if (hasClientHello)
        {
            Step(text, 0, FromClient, "ClientHello" + ClientHello());
        }

        if (document.Text(["tls_appliance.hello_retry"]) == "true")
        {
            Step(text, null, FromServer, "HelloRetryRequest, answered by a second ClientHello");
        }

        if (hasServerHello)
        {
            Step(text, Nanoseconds("tls_appliance.timing.server_hello"), FromServer, $"ServerHello: {row.Version}, {row.Cipher}{(row.Group.Length > 0 ? ", " + row.Group : "")}");
        }

        Certificates(text, "server", FromServer);
        if (document.Text(["tls.detailed.client_certificate_requested", "tls.client_certificate_requested"]) == "true")
        {
            Step(text, null, FromServer, "CertificateRequest");
        }

        Certificates(text, "client", FromClient);
        foreach (JsonElement alert in document.Values(["tls.detailed.alerts", "tls.alerts"]))
        {
            var values = new EventDocument(alert);
            string side = values.Text(["source"]) == "client" ? FromClient : FromServer;
            Step(text, null, side, $"alert {values.Text(["severity"])}: {values.Text(["type"])} ({values.Text(["code"])})");
        }

        End(text);
    }

    private void End(TextBlock text)
    {
        if ((Nanoseconds("tls_appliance.timing.handshake") ?? Nanoseconds("event.duration")) is { } handshake)
        {
            Step(text, handshake, Neither, row.Resumed.Length > 0 ? $"handshake completed, resumed by {row.Resumed}" : "handshake completed");
        }

        string reason = document.Text(["tls_appliance.end_reason"]);
        if (reason.Length > 0 && reason != "handshake_completed")
        {
            Step(text, null, Neither, $"ended by {reason}");
        }
    }

    private string ClientHello()
    {
        int suites = document.Values(["tls.client.supported_ciphers", "tls.client_hello.supported_ciphers"]).Count;
        int extensions = document.Values(["tls_appliance.client.extensions"]).Count;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(suites > 0 ? $": {suites} suites" : "")}{(extensions > 0 ? $", {extensions} extensions" : "")}{(document.Text(["tls_appliance.early_data"]) == "true" ? ", early data" : "")}");
    }

    private void Certificates(TextBlock text, string side, string from)
    {
        int count = CertificateTree.Certificates(document, side).Count;
        if (count > 0)
        {
            Step(text, null, from, string.Create(CultureInfo.InvariantCulture, $"Certificate: {count} certificate{(count == 1 ? "" : "s")}"));
        }
    }

    private static void Step(TextBlock text, double? nanoseconds, string side, string what)
    {
        string time = nanoseconds is { } known ? (known / NanosecondsPerMillisecond).ToString("N3", CultureInfo.InvariantCulture) : "";
        text.Wrapped($"{time.PadLeft(TimeWidth)}  {side}", what);
    }

    private static string Milliseconds(double nanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / NanosecondsPerMillisecond:N3} ms");

    private double? Nanoseconds(string path) =>
        document.Values([path]) is [{ ValueKind: JsonValueKind.Number } number] && number.TryGetDouble(out double value) ? value : null;

    private bool Has(params string[] paths) => document.Values(paths).Count > 0;
}
