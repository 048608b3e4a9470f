namespace TlsAppliance.Events.Fields;

/// <summary>All deliberate differences from Packetbeat, by the number of its defect. Golden files and real events must be equal but for these.</summary>
public static class Differences
{
    private const string Absent = "(absent)";

    public static IReadOnlyList<Difference> All { get; } =
    [
        new("B1", "status", "status", "Error", "OK", "a late segment is put in order; to Packetbeat it is a gap") { NeedsAllowance = true },
        new("B1", "tls.cipher", "tls.server_hello", Absent, "*", "the half of the session that came late is there"),
        new(
            "B1", "tls.detailed.client_certificate_requested", "tls.client_certificate_requested",
            "false", "true", "the CertificateRequest that came late is seen") { NeedsAllowance = true },
        new("B2", null, null, "no event", "an event", "RST, silence, end of the input and a stop publish what was seen"),
        new(
            "B3", "tls.established", "tls.handshake_completed",
            "false", "true", "late segments count; encrypted records of both sides complete TLS 1.3 without ChangeCipherSpec") { NeedsAllowance = true },
        new(
            "B4", "tls.resumed", "tls.resumed",
            "true", "false", "an echoed session id is middlebox compatibility in TLS 1.3, no resumption") { NeedsAllowance = true },
        new(
            "B4", "tls.resumed", "tls.resumed",
            "false", "true", "a ticket that the server takes without saying so shows in the abbreviated handshake") { NeedsAllowance = true },
        new(
            "B4", "tls.detailed.resumption_method", "tls.resumption_method",
            "id", "psk", "the ServerHello selects a pre-shared key") { NeedsAllowance = true },
        new(
            "B4", "tls.detailed.resumption_method", "tls.resumption_method",
            "id", Absent, "a full handshake is not resumed") { NeedsAllowance = true },
        new(
            "B5", "tls.server.ja3s", null,
            "????????????????????????????????", "????????????????????????????????", "the standard JA3S of three fields, which public lists hold") { NeedsAllowance = true },
        new("B6", "source.*", "source.*", "?*", "?*", "source is the client by its role, whoever was seen first") { NeedsAllowance = true },
        new("B6", "destination.*", "destination.*", "?*", "?*", "destination is the server by its role") { NeedsAllowance = true },
        new("B6", "client.*", "client.*", "?*", "?*", "the client by its role") { NeedsAllowance = true },
        new("B6", "server.*", "server.*", "?*", "?*", "the server by its role") { NeedsAllowance = true },
        new(
            "B7", "tls.server.x509.*", "tls.server_certificate.*",
            Absent, "*", "an unusual certificate costs only what cannot be read of it"),
        new(
            "B8", "tls.detailed.client_hello.extensions.status_request.request_extensions", null,
            "*", "*", "the number that belongs there"),
        new("B8", "tls.detailed.ocsp_response", null, "*", "*", "the status is found by its structure, not at a fixed offset"),
        new(
            "B9", "tls.detailed.server_hello.*", "tls.server_hello.*",
            "*", "*", "the real ServerHello; a HelloRetryRequest is told by `tls_appliance.hello_retry`"),
        new(
            "B9", "tls.detailed.version", "tls.version",
            "TLS 1.2", "TLS 1.3", "the version of the real ServerHello") { NeedsAllowance = true },
        new("B9", "tls.version", null, "1.2", "1.3", "the version of the real ServerHello") { NeedsAllowance = true },
        new("B10", "tls.*.x509.serial_number", null, "?*", "0?*", "whole bytes: the leading zero stays") { NeedsAllowance = true },
        new(
            "B10", "tls.detailed.*_certificate_chain??.serial_number", null,
            "?*", "0?*", "whole bytes: the leading zero stays") { NeedsAllowance = true },
        new("B11", null, null, "the process ends", "an event", "malformed extensions are named in `_unparsed_`"),
        new(
            "B12", "tls.client.supported_ciphers", "tls.client_hello.supported_ciphers",
            "(unknown:0x*", "*", "names of today's registry") { NeedsAllowance = true },
        new(
            "B12", "tls.cipher", "tls.server_hello.selected_cipher",
            "(unknown:0x*", "*", "names of today's registry") { NeedsAllowance = true },
        new(
            "B12", "tls.detailed.*_hello.extensions.supported_groups", "tls.*_hello.extensions.supported_groups",
            "(unknown:0x*", "*", "names of today's registry, post-quantum groups among them") { NeedsAllowance = true },
        new(
            "B12", "tls.detailed.*_hello.extensions.signature_algorithms", "tls.*_hello.extensions.signature_algorithms",
            "(unknown:0x*", "*", "names of today's registry") { NeedsAllowance = true },
        new(
            "B12", "tls.detailed.alerts??.type", "tls.alerts??.type",
            "(unknown:0x*", "*", "names of today's registry") { NeedsAllowance = true },
        new(
            "B12", "tls.detailed.alert_types", "tls.alert_types",
            "(unknown:0x*", "*", "names of today's registry") { NeedsAllowance = true },
        new(
            "B12", "tls.*.x509.public_key_algorithm", "tls.*_certificate.public_key_algorithm",
            "(unknown:?)", "*", "Ed25519, Ed448, ML-DSA … have names") { NeedsAllowance = true },
        new(
            "B12", "tls.*.x509.signature_algorithm", "tls.*_certificate.signature_algorithm",
            "0", "*", "Ed448, ML-DSA, unusual RSASSA-PSS … have names") { NeedsAllowance = true },
        new(
            "B12", "tls.detailed.*_certificate_chain??.public_key_algorithm", "tls.*_certificate_chain??.public_key_algorithm",
            "(unknown:?)", "*", "Ed25519, Ed448, ML-DSA … have names") { NeedsAllowance = true },
        new(
            "B12", "tls.detailed.*_certificate_chain??.signature_algorithm", "tls.*_certificate_chain??.signature_algorithm",
            "0", "*", "Ed448, ML-DSA, unusual RSASSA-PSS … have names") { NeedsAllowance = true },
        new(
            "B13", null, null,
            "sessions lost", "an event each", "a SYN with a new number is a new connection; packet time alone counts in a replay"),
        new("B14", null, null, "two events", "one event", "a hole is marked in the one event of the session"),
        new("B15", null, null, "one pass", "endless", "`--loop` without a number runs until it is stopped"),
        new(
            "B16", null, null,
            "dropped silently", "counted", "every event is delivered, dropped for a named reason, or rejected, and counted as such"),
        new("B17", null, null, "configured ports", "any port", "TLS is recognised by its first bytes"),
        new(
            "D1", "network.direction", "network.direction",
            "ingress, egress", "internal, external …", "`internal_networks` alone decides; the addresses of the capturing host do not matter"),
        new(
            "D2", "agent.*, host.*", "agent.*, host.*",
            "*", Absent, "nothing of the process or the host is in an event; `observer.*` names the sensor"),
        new(
            "D3", "tls.version", null,
            "1.2", "127.*", "the ServerHello of a TLS 1.3 draft is read; its version is the draft's number") { NeedsAllowance = true },
        new("D3", "tls.version_protocol", null, "tls", "unknown", "as Packetbeat's own table of versions has it") { NeedsAllowance = true },
        new(
            "D3", "tls.detailed.version", "tls.version",
            "TLS 1.2", "(raw 127.*", "as Packetbeat's own table of versions has it") { NeedsAllowance = true },
        new("D4", "status", "status", "OK", "Error", "the ChangeCipherSpec of one side alone does not complete a handshake") { NeedsAllowance = true },
        new(
            "D4", "tls.established", "tls.handshake_completed",
            "true", "false", "a handshake is completed when both sides have shown it") { NeedsAllowance = true },
        new("D5", "tls.detailed.resumption_method", "tls.resumption_method", "id", "ticket", "a server that is offered a ticket does not resume by session id: the echoed id says that it took the ticket (RFC 5077 §3.4)") { NeedsAllowance = true },
    ];
}
