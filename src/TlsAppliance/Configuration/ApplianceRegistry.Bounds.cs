using TlsAppliance.Configuration.Values;
using TlsAppliance.Pipeline;

namespace TlsAppliance.Configuration;

/// <summary>The bounds of the engine's rooms: what a hostile network may cost.</summary>
internal static partial class ApplianceRegistry
{
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;

    private static IEnumerable<OptionDefinition> Flows() =>
    [
        Bound(
            "tls_appliance.flows.max_flows",
            "Connections known at a time; when one more comes, the longest idle one that tells least makes room.",
            new IntegerFormat(16, 1 << 26, "flows"),
            options => options.Flows.MaximumFlows,
            (options, value) => options with { Flows = options.Flows with { MaximumFlows = value } }),
        Bound(
            "tls_appliance.flows.embryonic_timeout",
            "A connection of which only the opening was seen is forgotten after this long without a frame. Packet time, as all timeouts.",
            s_timeout,
            options => options.Flows.Timeouts.Embryonic,
            (options, value) => options with { Flows = options.Flows with { Timeouts = options.Flows.Timeouts with { Embryonic = value } } }),
        Bound(
            "tls_appliance.flows.undecided_timeout",
            "The same for one with data in which no TLS has shown yet.",
            s_timeout,
            options => options.Flows.Timeouts.Undecided,
            (options, value) => options with { Flows = options.Flows with { Timeouts = options.Flows.Timeouts with { Undecided = value } } }),
        Bound(
            "tls_appliance.flows.settled_timeout",
            "The same for one whose event is written, or that is no TLS.",
            s_timeout,
            options => options.Flows.Timeouts.Settled,
            (options, value) => options with { Flows = options.Flows with { Timeouts = options.Flows.Timeouts with { Settled = value } } }),
    ];

    private static IEnumerable<OptionDefinition> Reassembly() =>
    [
        Bound(
            "tls_appliance.reassembly.max_flow_bytes",
            "Bytes that one direction may hold behind a hole; more gives the hole up.",
            new BytesFormat(KiB, GiB),
            options => options.Reassembly.MaximumFlowBytes,
            (options, value) => options with { Reassembly = options.Reassembly with { MaximumFlowBytes = (int)value } }),
        Bound(
            "tls_appliance.reassembly.max_flow_pieces",
            "Pieces that one direction may hold behind a hole; more gives the hole up.",
            new IntegerFormat(1, 1 << 16, "pieces"),
            options => options.Reassembly.MaximumFlowPieces,
            (options, value) => options with { Reassembly = options.Reassembly with { MaximumFlowPieces = value } }),
        Bound(
            "tls_appliance.reassembly.max_bytes",
            "Bytes that all directions may hold together.",
            new BytesFormat(MiB, 64 * GiB),
            options => options.Reassembly.MaximumShardBytes,
            (options, value) => options with { Reassembly = options.Reassembly with { MaximumShardBytes = value } }),
        Bound(
            "tls_appliance.reassembly.hole_timeout",
            "How long a hole may stay open after the first segment behind it.",
            s_timeout,
            options => options.Reassembly.HoleTimeout,
            (options, value) => options with { Reassembly = options.Reassembly with { HoleTimeout = value } }),
        Bound(
            "tls_appliance.reassembly.window",
            "Bytes around the expected sequence number within which a segment belongs to the stream.",
            new BytesFormat(64 * KiB, GiB),
            options => options.Reassembly.Window,
            (options, value) => options with { Reassembly = options.Reassembly with { Window = (int)value } }),
        Bound(
            "tls_appliance.reassembly.grace_pieces",
            "Without a SYN: pieces held back in case an earlier segment is merely late.",
            new IntegerFormat(0, 1 << 12, "pieces"),
            options => options.Reassembly.GracePieces,
            (options, value) => options with { Reassembly = options.Reassembly with { GracePieces = value } }),
        Bound(
            "tls_appliance.reassembly.grace_bytes",
            "Without a SYN: bytes held back likewise.",
            new BytesFormat(0, GiB),
            options => options.Reassembly.GraceBytes,
            (options, value) => options with { Reassembly = options.Reassembly with { GraceBytes = (int)value } }),
        Bound(
            "tls_appliance.reassembly.grace_timeout",
            "Without a SYN: how long.",
            s_timeout,
            options => options.Reassembly.GraceTimeout,
            (options, value) => options with { Reassembly = options.Reassembly with { GraceTimeout = value } }),
    ];

    private static IEnumerable<OptionDefinition> Fragments() =>
    [
        Bound(
            "tls_appliance.fragments.max_datagrams",
            "Unfinished IP datagrams at a time; the oldest makes room.",
            new IntegerFormat(1, 1 << 24, "datagrams"),
            options => options.Fragments.MaximumDatagrams,
            (options, value) => options with { Fragments = options.Fragments with { MaximumDatagrams = value } }),
        Bound(
            "tls_appliance.fragments.max_fragments",
            "Fragments of one datagram.",
            new IntegerFormat(2, 8192, "fragments"),
            options => options.Fragments.MaximumFragmentsPerDatagram,
            (options, value) => options with { Fragments = options.Fragments with { MaximumFragmentsPerDatagram = value } }),
        Bound(
            "tls_appliance.fragments.max_bytes",
            "Bytes of all unfinished datagrams.",
            new BytesFormat(64 * KiB, 64 * GiB),
            options => options.Fragments.MaximumBytes,
            (options, value) => options with { Fragments = options.Fragments with { MaximumBytes = value } },
            "Suricata's defrag.memcap"),
        Bound(
            "tls_appliance.fragments.timeout",
            "Time that a datagram may take from its first fragment seen to its last.",
            s_timeout,
            options => options.Fragments.Timeout,
            (options, value) => options with { Fragments = options.Fragments with { Timeout = value } },
            "Linux' ipfrag_time"),
    ];

    private static IEnumerable<OptionDefinition> Handshakes() =>
    [
        Bound(
            "tls_appliance.handshake.max_message",
            "Longest handshake message that is read; a longer one is skipped and counted, what follows is read on.",
            new BytesFormat(16 * KiB, 16 * MiB),
            options => options.Tls.MaxHandshakeMessage,
            (options, value) => options with { Tls = options.Tls with { MaxHandshakeMessage = (int)value } }),
        Bound(
            "tls_appliance.handshake.max_preamble",
            "Bytes of plaintext in each direction that may come before a hello (STARTTLS, proxies).",
            new BytesFormat(0, 16 * MiB),
            options => options.Tls.MaxPreamble,
            (options, value) => options with { Tls = options.Tls with { MaxPreamble = (int)value } }),
        Bound(
            "tls_appliance.handshake.max_certificates",
            "Certificates of each side that an event shows.",
            new IntegerFormat(1, 1024, "certificates"),
            options => options.Tls.MaxCertificates,
            (options, value) => options with { Tls = options.Tls with { MaxCertificates = value } }),
        Bound(
            "tls_appliance.handshake.max_alerts",
            "Alerts of each side that an event shows.",
            new IntegerFormat(1, 1024, "alerts"),
            options => options.Tls.MaxAlerts,
            (options, value) => options with { Tls = options.Tls with { MaxAlerts = value } }),
        Bound(
            "tls_appliance.certificates.cache_entries",
            "Certificates that are remembered so that they need not be read again; 0: none.",
            new IntegerFormat(0, 1 << 24, "certificates"),
            options => options.Certificates.MaxEntries,
            (options, value) => options with { Certificates = options.Certificates with { MaxEntries = value } }),
        Bound(
            "tls_appliance.certificates.cache_bytes",
            "Bytes of these certificates.",
            new BytesFormat(0, 64 * GiB),
            options => options.Certificates.MaxBytes,
            (options, value) => options with { Certificates = options.Certificates with { MaxBytes = value } }),
    ];

    private static OptionDefinition<T> Bound<T>(
        string key, string help, ValueFormat<T> format, Func<PipelineOptions, T> get, Func<PipelineOptions, T, PipelineOptions> set, string? matches = null) => new()
    {
        Key = key,
        Help = help,
        DefaultMatches = matches,
        Format = format,
        Get = options => get(options.Pipeline),
        Set = (options, value) => options.Pipeline = set(options.Pipeline, value),
    };
}
