using static TlsAppliance.Events.Fields.FieldConditions;
using static TlsAppliance.Events.Fields.FieldOrigin;
using static TlsAppliance.Events.Fields.FieldType;

namespace TlsAppliance.Events.Fields;

/// <summary>
/// The field table: every value that an event may hold, with its path in both layouts, its type and when it is there. Rendering, processors, index
/// templates and the documentation come from here.
/// </summary>
public static class EventFields
{
    internal static readonly List<EventField> Rows = [];

    // Envelope: ECS in both layouts.
    public static readonly EventField Timestamp = Both("@timestamp", Date, "always", "First payload of the session.");
    public static readonly EventField Type = Both("type", Keyword, "always", "`tls`");
    public static readonly EventField Status = Both("status", Keyword, "always", "`OK` when the handshake was established, else `Error`.");
    public static readonly EventField Kind = Both("event.kind", Keyword, "always", "`event`");
    public static readonly EventField Category = Both("event.category", Keyword, "always", "`network`");
    public static readonly EventField EventType = Both("event.type", Keyword, "always", "`connection`, `protocol`");
    public static readonly EventField Dataset = Both("event.dataset", Keyword, "always", "`tls`");
    public static readonly EventField Id =
        Both("event.id", Keyword, "always",
            "Identity of the session, 32 hexadecimal digits, the same in every replay; also the document's `_id`.", Ours);
    public static readonly EventField Start = Both("event.start", Date, "always", "As `@timestamp`.");
    public static readonly EventField End = Both("event.end", Date, "handshake completed", "The handshake completed.");
    public static readonly EventField Duration = Both("event.duration", Long, "handshake completed", "Nanoseconds from start to end.");
    public static readonly EndpointFields Source = new("source");
    public static readonly EndpointFields Destination = new("destination");
    public static readonly EndpointFields Client = new("client");
    public static readonly EndpointFields Server = new("server");
    public static readonly EventField NetworkType = Both("network.type", Keyword, "always", "`ipv4` or `ipv6`");
    public static readonly EventField Transport = Both("network.transport", Keyword, "always", "`tcp`");
    public static readonly EventField Protocol = Both("network.protocol", Keyword, "always", "`tls`");
    public static readonly EventField Community = Both("network.community_id", Keyword, "always", "Community ID v1; seed 0 unless the processor `community_id` says another.");
    public static readonly EventField Direction =
        Both("network.direction", Keyword, "always",
            "`internal`, `outbound`, `inbound`, `external` by `internal_networks`; `unknown` without.");
    public static readonly EventField NetworkBytes =
        Both("network.bytes", Long, "always", "Bytes of IP datagrams of both sides, up to the frame that decided the event.", Ours);
    public static readonly EventField NetworkPackets =
        Both("network.packets", Long, "always", "Frames of both sides, up to the frame that decided the event.", Ours);
    public static readonly EventField Vlan = Both("network.vlan.id", Keyword, "tagged", "Outer VLAN id.", Ours);
    public static readonly EventField InnerVlan = Both("network.inner.vlan.id", Keyword, "tagged twice", "Second VLAN id.", Ours);
    public static readonly EventField RelatedIp = Both("related.ip", Ip, "always", "Both addresses, once each.");
    public static readonly EventField EcsVersion = Both("ecs.version", Keyword, "always", "`8.0.0`");
    public static readonly EventField Tags = Both("tags", Keyword, "configured", "From the configuration.");
    public static readonly EventField ObserverName = Both("observer.name", Keyword, "sensor named", "Name of the sensor.", Ours);
    public static readonly EventField ObserverProduct = Both("observer.product", Keyword, "always", "`tls-appliance`", Ours);
    public static readonly EventField ObserverType = Both("observer.type", Keyword, "always", "`sensor`", Ours);

    // Session.
    public static readonly EventField Version = Define("tls.version", null, Keyword, "always", "`1.2`; `0.0` without a hello.");
    public static readonly EventField VersionProtocol = Define("tls.version_protocol", null, Keyword, "always", "`tls`, `ssl`, `unknown`");
    public static readonly EventField Established =
        Define("tls.established", "tls.handshake_completed", FieldType.Boolean, "always", "The handshake completed.");
    public static readonly EventField Resumed = Both("tls.resumed", FieldType.Boolean, "always", "The session was resumed.");
    public static readonly EventField ResumptionMethod =
        Define("tls.detailed.resumption_method", "tls.resumption_method", Keyword, "resumed", "`id`, `ticket` or `psk`", conditions: Detailed);
    public static readonly EventField Cipher =
        Define("tls.cipher", "tls.server_hello.selected_cipher", Keyword, "server hello", "Selected suite.");
    public static readonly EventField Curve = Both("tls.curve", Keyword, "seen", "Group of the key exchange.", Ours);
    public static readonly EventField NextProtocol =
        Define("tls.next_protocol", null, Keyword, "server hello with ALPN", "Selected protocol.");
    public static readonly EventField ServerName = Define("tls.client.server_name", null, Keyword, "SNI", "First host name.");
    public static readonly EventField SupportedCiphers =
        Define("tls.client.supported_ciphers", "tls.client_hello.supported_ciphers", Keyword, "client hello", "Offered suites without GREASE.");
    public static readonly EventField Ja3 =
        Define("tls.client.ja3", "tls.fingerprints.ja3.hash", Keyword, "client hello", "JA3, MD5.", AddedToClassic);
    public static readonly EventField Ja3Text =
        Define("tls_appliance.client.ja3", "tls.fingerprints.ja3.str", Keyword, "client hello", "JA3 before hashing.", Ours, Detailed);
    public static readonly EventField Ja4 = Both("tls.client.ja4", Keyword, "client hello", "JA4.", Ours);
    public static readonly EventField Ja3S =
        Both("tls.server.ja3s", Keyword, "server hello", "JA3S (the standard form), MD5.", AddedToClassic);
    public static readonly EventField DetailedVersion =
        Define("tls.detailed.version", "tls.version", Keyword, "always; in classic only of a completed handshake", "`TLS 1.2`", conditions: Detailed);
    public static readonly EventField ClientCertificateRequested = Define(
        "tls.detailed.client_certificate_requested", "tls.client_certificate_requested", FieldType.Boolean, "always", "CertificateRequest seen.", conditions: Detailed);
    public static readonly EventField OcspResponse =
        Define("tls.detailed.ocsp_response", "tls.ocsp_response", Keyword, "stapled response", "Status of the stapled OCSP response.", AddedToClassic, Detailed);
    public static readonly EventField AlertSeverity =
        Define("tls.detailed.alerts.severity", "tls.alerts.severity", Keyword, "alert in the clear", "`warning` or `fatal`", conditions: Detailed);
    public static readonly EventField AlertCode =
        Define("tls.detailed.alerts.code", "tls.alerts.code", Long, "alert in the clear", "AlertDescription.", conditions: Detailed);
    public static readonly EventField AlertType =
        Define("tls.detailed.alerts.type", "tls.alerts.type", Keyword, "alert in the clear", "Its name.", conditions: Detailed);
    public static readonly EventField AlertSource =
        Define("tls.detailed.alerts.source", "tls.alerts.source", Keyword, "alert in the clear", "`client` or `server`", conditions: Detailed);
    public static readonly EventField AlertTypes =
        Define("tls.detailed.alert_types", "tls.alert_types", Keyword, "alert in the clear", "The type of each alert.", conditions: Detailed);

    // Hellos and certificates of both sides.
    public static readonly HelloFields ClientHello = new("client");
    public static readonly HelloFields ServerHello = new("server");
    public static readonly PeerCertificateFields ClientCertificates = new("client");
    public static readonly PeerCertificateFields ServerCertificates = new("server");

    // What nobody else tells.
    public static readonly EventField EndReason =
        Both("tls_appliance.end_reason", Keyword, "always", "Why the event was published when it was.", Ours);
    public static readonly EventField HelloRetry =
        Both("tls_appliance.hello_retry", FieldType.Boolean, "true", "A HelloRetryRequest was answered.", Ours);
    public static readonly EventField Ssl2Hello =
        Both("tls_appliance.ssl2_hello", FieldType.Boolean, "true", "The session began with an SSLv2-framed hello.", Ours);
    public static readonly EventField EarlyData =
        Both("tls_appliance.early_data", FieldType.Boolean, "true", "The client offered early data (0-RTT).", Ours);
    public static readonly EventField Ordinal =
        Both("tls_appliance.ordinal", Long, "not the first", "Which session of its connection this is, from 0.", Ours);
    public static readonly EventField TcpConnectTime =
        Both("tls_appliance.timing.tcp_connect", Long, "SYN and SYN-ACK seen", "Nanoseconds from SYN to SYN-ACK.", Ours);
    public static readonly EventField ServerHelloTime =
        Both("tls_appliance.timing.server_hello", Long, "both hellos", "Nanoseconds from ClientHello to ServerHello.", Ours);
    public static readonly EventField HandshakeTime =
        Both("tls_appliance.timing.handshake", Long, "handshake completed", "Nanoseconds from ClientHello to completion.", Ours);
    public static readonly AppliancePeerFields AppliancePeerClient = new("client");
    public static readonly AppliancePeerFields AppliancePeerServer = new("server");
    public static readonly EventField KeyShares =
        Both("tls_appliance.client.key_shares", Keyword, "key_share offered", "Groups of the key shares, without GREASE.", Ours, Detailed);
    public static readonly EventField Ja4Raw =
        Both("tls_appliance.client.ja4_r", Keyword, "client hello", "JA4 before hashing.", Ours, Detailed);
    public static readonly EventField Ja4Original =
        Both("tls_appliance.client.ja4_o", Keyword, "client hello", "JA4 in the order of the wire.", Ours, Detailed);
    public static readonly EventField Ja4OriginalRaw =
        Both("tls_appliance.client.ja4_ro", Keyword, "client hello", "JA4 in the order of the wire before hashing.", Ours, Detailed);
    public static readonly EventField Ja3SText =
        Both("tls_appliance.server.ja3s", Keyword, "server hello", "JA3S before hashing.", Ours, Detailed);
    public static readonly EventField TunnelType =
        Both("tls_appliance.tunnel.type", Keyword, "tunnelled", "Innermost tunnel around the connection.", Ours);
    public static readonly EventField TunnelId =
        Both("tls_appliance.tunnel.id", Long, "tunnel with an id", "VNI, TEID, GRE key, ERSPAN session or MPLS label.", Ours);
    public static readonly EventField SkippedMessages =
        Both("tls_appliance.skipped_messages", Long, "any", "Handshake messages too long or damaged, and skipped.", Ours);
    public static readonly EventField Anomalies = Both("tls_appliance.anomalies", Keyword, "any", "What was odd about the session.", Ours);
    public static readonly EventField Truncated =
        Both("tls_appliance.truncated", Keyword, "any", "Fields whose text or list was longer than the bounds and is cut.", Ours);

    /// <summary>All rows; the position is <see cref="EventField.Index"/>.</summary>
    public static IReadOnlyList<EventField> All => Rows;

    internal static EventField Both(
        string path, FieldType type, string presence, string meaning, FieldOrigin origin = Packetbeat, FieldConditions conditions = None) =>
        Define(path, path, type, presence, meaning, origin, conditions);

    internal static EventField Define(
        string? ecs, string? classic, FieldType type, string presence, string meaning, FieldOrigin origin = Packetbeat, FieldConditions conditions = None)
    {
        EventField row = new(Rows.Count, ecs, classic, type, origin, conditions, presence, meaning);
        Rows.Add(row);
        return row;
    }
}
