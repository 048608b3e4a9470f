namespace TlsAppliance.Events.Fields;

/// <summary>The objects that the rows of <see cref="EventFields"/> stand in.</summary>
internal static class EventObjects
{
    private static readonly List<EventObject> Rows = [];

    internal static readonly EventObject Root = Both("", alwaysWritten: true);
    internal static readonly EventObject Event = Both("event", alwaysWritten: true);
    internal static readonly EventObject Source = Both("source", alwaysWritten: true);
    internal static readonly EventObject Destination = Both("destination", alwaysWritten: true);
    internal static readonly EventObject Client = Both("client", alwaysWritten: true);
    internal static readonly EventObject Server = Both("server", alwaysWritten: true);
    internal static readonly EventObject Network = Both("network", alwaysWritten: true);
    internal static readonly EventObject Vlan = Both("network.vlan");
    internal static readonly EventObject Inner = Both("network.inner");
    internal static readonly EventObject InnerVlan = Both("network.inner.vlan");
    internal static readonly EventObject Related = Both("related", alwaysWritten: true);
    internal static readonly EventObject EcsObject = Both("ecs", alwaysWritten: true);
    internal static readonly EventObject Observer = Both("observer", alwaysWritten: true);
    internal static readonly EventObject Tls = Both("tls", alwaysWritten: true);
    internal static readonly EventObject TlsClient = Both("tls.client", alwaysWritten: true);
    internal static readonly EventObject TlsServer = Both("tls.server", alwaysWritten: true);
    internal static readonly EventObject TlsClientHash = Both("tls.client.hash");
    internal static readonly EventObject TlsServerHash = Both("tls.server.hash");
    internal static readonly EventObject Detailed = Define("tls.detailed", null);
    internal static readonly EventObject Fingerprints = Define(null, "tls.fingerprints");
    internal static readonly EventObject Ja3 = Define(null, "tls.fingerprints.ja3");
    internal static readonly EventObject Alerts = Define("tls.detailed.alerts", "tls.alerts");
    internal static readonly EventObject ClientHello = Define("tls.detailed.client_hello", "tls.client_hello");
    internal static readonly EventObject ServerHello = Define("tls.detailed.server_hello", "tls.server_hello");
    internal static readonly EventObject Extensions = Define("tls.detailed.client_hello.extensions", "tls.client_hello.extensions");
    internal static readonly EventObject StatusRequest = Define("tls.detailed.client_hello.extensions.status_request", null);
    internal static readonly EventObject ClientCertificate = Define("tls.client.x509", "tls.client_certificate");
    internal static readonly EventObject ServerCertificate = Define("tls.server.x509", "tls.server_certificate");
    internal static readonly EventObject ClientChain = Define("tls.detailed.client_certificate_chain", "tls.client_certificate_chain");
    internal static readonly EventObject ServerChain = Define("tls.detailed.server_certificate_chain", "tls.server_certificate_chain");
    internal static readonly EventObject Subject = Define("tls.server.x509.subject", "tls.server_certificate.subject");
    internal static readonly EventObject Issuer = Define("tls.server.x509.issuer", "tls.server_certificate.issuer");
    internal static readonly EventObject Appliance = Both("tls_appliance", alwaysWritten: true);
    internal static readonly EventObject ApplianceClient = Both("tls_appliance.client");
    internal static readonly EventObject ApplianceServer = Both("tls_appliance.server");
    internal static readonly EventObject Timing = Both("tls_appliance.timing");
    internal static readonly EventObject Tunnel = Both("tls_appliance.tunnel");

    internal static readonly PlaceObjects SourcePlace = Places("source");
    internal static readonly PlaceObjects DestinationPlace = Places("destination");
    internal static readonly PlaceObjects ClientPlace = Places("client");
    internal static readonly PlaceObjects ServerPlace = Places("server");

    internal static IReadOnlyList<EventObject> All => Rows;

    private static PlaceObjects Places(string path) => new(Both($"{path}.geo"), Both($"{path}.as"), Both($"{path}.as.organization"));

    private static EventObject Both(string path, bool alwaysWritten = false) => Define(path, path, alwaysWritten);

    private static EventObject Define(string? ecs, string? classic, bool alwaysWritten = false)
    {
        EventObject row = new(Rows.Count, ecs, classic, alwaysWritten);
        Rows.Add(row);
        return row;
    }
}
