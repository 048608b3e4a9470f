using System.Globalization;
using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Corpus.Tests.Facts;

/// <summary>
/// Holds an event beside what tshark found. Numbers of the wire are turned into names by our registries: this judges what was read, not how a
/// name is spelt.
/// </summary>
internal sealed class FactsComparison
{
    private const string ClientHello = "tls.detailed.client_hello";
    private const string ServerHello = "tls.detailed.server_hello";

    /// <summary>tshark takes a flight with a hole to its end for lost; we read on behind it.</summary>
    private const string Holes = "tls_appliance.server.gap";

    private readonly EventDocument _event;
    private readonly List<string> _differences = [];

    private FactsComparison(EventDocument document) => _event = document;

    /// <summary>One line for each fact that the event tells otherwise.</summary>
    public static IReadOnlyList<string> Differences(SessionFacts facts, EventDocument document)
    {
        FactsComparison comparison = new(document);
        comparison.CompareSession(facts);
        comparison.CompareClientHello(facts.ClientHello);
        comparison.CompareServerHello(facts.ServerHello);
        comparison.CompareCertificates("server", facts.Certificates);
        comparison.CompareCertificates("client", facts.ClientCertificates);
        comparison.CompareAlerts(facts.Alerts);
        return comparison._differences;
    }

    /// <summary>Pairs a session with its event: both ends, and the first random that was shown.</summary>
    public static string Key(SessionFacts facts) =>
        $"{facts.Client} {facts.Server} {facts.ServerHello?.Random ?? facts.ClientHello?.Random}";

    /// <inheritdoc cref="Key(SessionFacts)"/>
    public static string Key(EventDocument document)
    {
        string[] randoms = [.. document.Values($"{ServerHello}.random"), .. document.Values($"{ClientHello}.random")];
        return $"{End(document, "client")} {End(document, "server")} {randoms.FirstOrDefault()}";
    }

    private static string End(EventDocument document, string side)
    {
        string address = document.Value($"{side}.ip");
        return (address.Contains(':') ? $"[{address}]" : address) + ":" + document.Value($"{side}.port");
    }

    private void CompareSession(SessionFacts facts)
    {
        Expect("tls.resumed", Text(facts.Resumed));
        Expect("tls_appliance.hello_retry", facts.HelloRetry ? [Text(true)] : []);
        if (_event.Values(Holes).Length == 0)
        {
            Expect("tls.detailed.client_certificate_requested", Text(facts.ClientCertificateRequested));
            Expect("tls.curve", facts.Group is ushort group ? [NamedGroups.Name(group)] : []);
            ExpectPresence("tls.detailed.ocsp_response", facts.OcspResponse);
        }
    }

    private void CompareClientHello(ClientHelloFacts? hello)
    {
        if (hello is null)
        {
            return;
        }

        Expect($"{ClientHello}.random", hello.Random!);
        Expect($"{ClientHello}.session_id", OrNothing(hello.SessionId));
        ExpectServerName(hello.ServerName);
        Expect($"{ClientHello}.extensions.application_layer_protocol_negotiation", hello.Alpn);
        Expect($"{ClientHello}.extensions.supported_groups", Names(hello.Groups, NamedGroups.Name));
        Expect("tls.client.supported_ciphers", Names(hello.Ciphers, CipherSuites.Name));
        Expect("tls_appliance.client.extensions", Names(hello.Extensions, ExtensionTypes.Name));
        Expect("tls_appliance.early_data", hello.EarlyData ? [Text(true)] : []);
        Expect("tls.client.ja3", hello.Ja3!);
    }

    /// <summary>How unprintable names are shown is for the tests of the writer to judge.</summary>
    private void ExpectServerName(string? name)
    {
        if (name is null || name.All(letter => letter is > ' ' and <= '~' and not '\\'))
        {
            Expect("tls.client.server_name", OrNothing(name));
        }
    }

    private void CompareServerHello(ServerHelloFacts? hello)
    {
        Expect($"{ServerHello}.random", OrNothing(hello?.Random));
        if (hello is null)
        {
            return;
        }

        Expect($"{ServerHello}.session_id", OrNothing(hello.SessionId));
        Expect("tls.version", ProtocolVersions.Number((ProtocolVersion)hello.Version));
        Expect("tls.cipher", CipherSuites.Name(hello.Cipher));
        Expect("tls.next_protocol", OrNothing(hello.Alpn));
        Expect("tls_appliance.server.extensions", Names(hello.Extensions, ExtensionTypes.Name));
        Expect("tls.server.ja3s", hello.Ja3s);
    }

    private void CompareCertificates(string side, CertificateDigests[] chain)
    {
        string[] first = _event.Values($"tls.{side}.x509.serial_number");
        string[] further = _event.Values($"tls.detailed.{side}_certificate_chain.serial_number");
        Expect($"serial numbers of the {side}", [.. first, .. further], Upper(chain, certificate => certificate.Serial));
        Expect($"tls.{side}.hash.sha1", Upper(chain.Take(1), certificate => certificate.Sha1));
        Expect($"tls.{side}.hash.sha256", Upper(chain.Take(1), certificate => certificate.Sha256));
    }

    private static string[] Upper(IEnumerable<CertificateDigests> chain, Func<CertificateDigests, string> digits) =>
        [.. chain.Select(certificate => digits(certificate).ToUpperInvariant())];

    /// <summary>The event tells the client's alerts first.</summary>
    private void CompareAlerts(AlertFacts[] inOrderOfTime)
    {
        AlertFacts[] alerts = [.. inOrderOfTime.OrderBy(alert => alert.From, StringComparer.Ordinal)];
        Expect("tls.detailed.alerts.source", [.. alerts.Select(alert => alert.From)]);
        Expect("tls.detailed.alerts.severity", [.. alerts.Select(alert => alert.Level == 2 ? "fatal" : "warning")]);
        Expect("tls.detailed.alerts.code", [.. alerts.Select(alert => alert.Description.ToString(CultureInfo.InvariantCulture))]);
        Expect("tls.detailed.alerts.type", [.. alerts.Select(alert => AlertDescriptions.Name(alert.Description))]);
    }

    private void Expect(string field, params string[] expected) => Expect(field, _event.Values(field), expected);

    private void Expect(string what, string[] actual, string[] expected)
    {
        if (!expected.SequenceEqual(actual))
        {
            _differences.Add($"{what}: tshark [{string.Join(", ", expected)}], event [{string.Join(", ", actual)}]");
        }
    }

    private void ExpectPresence(string field, bool isPresent)
    {
        if (isPresent != _event.Values(field).Length > 0)
        {
            _differences.Add($"{field}: tshark {Text(isPresent)}, event [{_event.Value(field)}]");
        }
    }

    private static string[] Names(ushort[] codes, Func<ushort, string> name) =>
        [.. codes.Where(code => !Grease.IsGrease(code)).Select(name)];

    private static string[] OrNothing(string? text) => string.IsNullOrEmpty(text) ? [] : [text];

    private static string Text(bool value) => value ? bool.TrueString : bool.FalseString;
}
