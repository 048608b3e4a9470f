using TlsAppliance.Configuration.Values;
using TlsAppliance.Events;

namespace TlsAppliance.Configuration;

/// <summary>The one list of options. Defaults are not repeated here: they are what the options records say.</summary>
internal static partial class ApplianceRegistry
{
    /// <summary>What <c>--layout</c> sets.</summary>
    public const string LayoutKey = "tls_appliance.layout";

    /// <summary>What <c>--output-dir</c> sets.</summary>
    public const string FilePathKey = "output.file.path";

    /// <summary>What <c>--shards</c> sets.</summary>
    public const string ShardsKey = "tls_appliance.shards";

    private const string Packetbeat = "Packetbeat";
    private const string Tls = "packetbeat.protocols.tls.";

    private static readonly BooleanFormat s_boolean = new();
    private static readonly PathFormat s_path = new();
    private static readonly FieldsFormat s_fields = new();
    private static readonly ListFormat<string> s_tags = new(new TextFormat(256), "list of text", "a text or a list of texts of at most 256 characters");
    private static readonly ListFormat<ushort> s_ports = new(new PortFormat(), "list of port", "a list of ports from 1 to 65535, such as [443, 8443]");

    private static readonly ListFormat<string> s_networks =
        new(new NetworkFormat(), "list of network", new NetworkFormat().Expected + ", or a list of these");

    private static readonly ChoiceFormat<EventLayout> s_layouts = new(("classic", EventLayout.Classic), ("ecs", EventLayout.Ecs));

    private static readonly DurationFormat s_timeout = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));

    /// <summary>All sections in the order of the reference configuration: a new one is one line here and a file of its own.</summary>
    public static OptionRegistry Create() => new(
    [
        .. General(),
        .. Paths(),
        .. Interfaces(),
        .. Captures(),
        .. Protocol(),
        .. Processors(),
        .. Places(),
        .. Layout(),
        .. Engine(),
        .. Flows(),
        .. Reassembly(),
        .. Fragments(),
        .. Handshakes(),
        .. Quarantine(),
        .. Cloud(),
        .. Outputs(),
        .. ElasticsearchOutput(),
        .. Queue(),
        .. DeadLetters(),
        .. Logging(),
        .. Http(),
    ]);

    private static IEnumerable<OptionDefinition> General() =>
    [
        new OptionDefinition<string>
        {
            Key = "name",
            Help = "Name of this sensor: observer.name, and part of every event's identity. Empty in a replay: events depend on the capture alone.",
            Format = new TextFormat(256),
            Get = options => options.Events.Sensor,
            Set = (options, value) => options.Events = options.Events with { Sensor = value },
        },
        new OptionDefinition<IReadOnlyList<string>>
        {
            Key = "tags",
            Help = "Tags of every event.",
            DefaultMatches = Packetbeat,
            Format = s_tags,
            Get = options => options.Added.Tags,
            Set = (options, value) => options.Added = options.Added with { Tags = value },
        },
        new OptionDefinition<IReadOnlyDictionary<string, object>>
        {
            Key = "fields",
            Help = "Fields of your own in every event, below the object \"fields\".",
            DefaultMatches = Packetbeat,
            Format = s_fields,
            Get = options => options.Added.Fields,
            Set = (options, value) => options.Added = options.Added.WithFields(value),
        },
        new OptionDefinition<bool>
        {
            Key = "fields_under_root",
            Help = "Put these fields at the top of the event instead.",
            DefaultMatches = Packetbeat,
            Format = s_boolean,
            Get = options => options.Added.UnderRoot,
            Set = (options, value) => options.Added = options.Added with { UnderRoot = value },
        },
    ];

    private static IEnumerable<OptionDefinition> Interfaces() =>
    [
        new OptionDefinition<IReadOnlyList<string>>
        {
            Key = "packetbeat.interfaces.internal_networks",
            Help = "Networks that are ours, for network.direction: inbound, outbound, internal, external. Empty: unknown.",
            DefaultMatches = Packetbeat + "'s code (the file it ships says private)",
            Format = s_networks,
            Get = options => options.Events.InternalNetworks,
            Set = (options, value) => options.Events = options.Events with { InternalNetworks = value },
        },
    ];

    private static IEnumerable<OptionDefinition> Protocol() =>
    [
        new OptionDefinition<bool>
        {
            Key = Tls + "enabled",
            Help = "false switches TLS off, which leaves this box nothing to do.",
            DefaultMatches = Packetbeat,
            Format = s_boolean,
            Get = options => options.TlsEnabled,
            Set = (options, value) => options.TlsEnabled = value,
        },
        new OptionDefinition<IReadOnlyList<ushort>>
        {
            Key = Tls + "ports",
            Help = "Only sessions to or from these ports. Empty: TLS is recognised on any port.",
            DefaultMatches = Packetbeat + "'s code (the file it ships lists seven ports)",
            Format = s_ports,
            Get = options => options.Pipeline.Ports,
            Set = (options, value) => options.Pipeline = options.Pipeline with { Ports = value },
        },
        new OptionDefinition<TimeSpan>
        {
            Key = Tls + "transaction_timeout",
            Help = "A handshake without a packet for this long is reported as it is. Measured in the packets' own time.",
            DefaultMatches = Packetbeat,
            Format = s_timeout,
            Get = options => options.Pipeline.TransactionTimeout,
            Set = (options, value) => options.Pipeline = options.Pipeline with { TransactionTimeout = value },
        },
        new OptionDefinition<bool>
        {
            Key = Tls + "send_certificates",
            Help = "Show the certificates of server and client, and their chains.",
            DefaultMatches = Packetbeat,
            Format = s_boolean,
            Get = options => options.Events.SendCertificates,
            Set = (options, value) => options.Events = options.Events with { SendCertificates = value },
        },
        new OptionDefinition<bool>
        {
            Key = Tls + "include_raw_certificates",
            Help = "Add each certificate as PEM text. The classic layout needs send_certificates for it.",
            DefaultMatches = Packetbeat,
            Format = s_boolean,
            Get = options => options.Events.IncludeRawCertificates,
            Set = (options, value) => options.Events = options.Events with { IncludeRawCertificates = value },
        },
        new OptionDefinition<bool>
        {
            Key = Tls + "include_detailed_fields",
            Help = "Show both hellos with all their extensions (the ecs layout: tls.detailed).",
            DefaultMatches = Packetbeat,
            Format = s_boolean,
            Get = options => options.Events.IncludeDetailedFields,
            Set = (options, value) => options.Events = options.Events with { IncludeDetailedFields = value },
        },
        new OptionDefinition<CertificateFingerprints>
        {
            Key = Tls + "fingerprints",
            Help = "Digests of the first certificate.",
            DefaultMatches = Packetbeat,
            Format = new FingerprintsFormat(),
            Get = options => options.Events.Fingerprints,
            Set = (options, value) => options.Events = options.Events with { Fingerprints = value },
        },
        new OptionDefinition<IReadOnlyList<string>>
        {
            Key = Tls + "tags",
            Help = "Tags of every TLS event, after the general ones.",
            DefaultMatches = Packetbeat,
            Format = s_tags,
            Get = options => options.AddedToTls.Tags,
            Set = (options, value) => options.AddedToTls = options.AddedToTls with { Tags = value },
        },
        new OptionDefinition<IReadOnlyDictionary<string, object>>
        {
            Key = Tls + "fields",
            Help = "Fields of your own in every TLS event; they win over the general ones.",
            DefaultMatches = Packetbeat,
            Format = s_fields,
            Get = options => options.AddedToTls.Fields,
            Set = (options, value) => options.AddedToTls = options.AddedToTls.WithFields(value),
        },
        new OptionDefinition<bool>
        {
            Key = Tls + "fields_under_root",
            Help = "Put these fields at the top of the event instead.",
            DefaultMatches = Packetbeat,
            Format = s_boolean,
            Get = options => options.AddedToTls.UnderRoot,
            Set = (options, value) => options.AddedToTls = options.AddedToTls with { UnderRoot = value },
        },
    ];

    private static IEnumerable<OptionDefinition> Layout() =>
    [
        new OptionDefinition<EventLayout>
        {
            Key = LayoutKey,
            Help = "How the tls object is laid out: classic (tls.client_hello, tls.server_certificate ...) or ecs (what Packetbeat 8 and 9 write).",
            Format = s_layouts,
            Get = options => options.Events.Layout,
            Set = (options, value) => options.Events = options.Events with { Layout = value },
        },
    ];

    private static IEnumerable<OptionDefinition> Engine() =>
    [
        Bound(
            ShardsKey,
            "Parts in which connections are read at the same time; 0: one per core. No event depends on it.",
            new IntegerFormat(0, 256, "shards"),
            options => options.Shards,
            (options, value) => options with { Shards = value }),
    ];

    private static IEnumerable<OptionDefinition> Outputs() =>
    [
        new OptionDefinition<bool>
        {
            Key = "output.console.enabled",
            Help = "false: this section does not count. Without it \"output.console:\" writes events to the standard output.",
            DefaultMatches = Packetbeat,
            Format = s_boolean,
            Get = options => options.ConsoleEnabled,
            Set = (options, value) => options.ConsoleEnabled = value,
        },
        new OptionDefinition<bool>
        {
            Key = "output.file.enabled",
            Help = "false: this section does not count.",
            DefaultMatches = Packetbeat,
            Format = s_boolean,
            Get = options => options.FileOutput.Enabled,
            Set = (options, value) => options.FileOutput = options.FileOutput with { Enabled = value },
        },
        new OptionDefinition<string>
        {
            Key = FilePathKey,
            Help = "Directory of the event files, made when missing.",
            Format = s_path,
            Get = options => options.FileOutput.Path,
            Set = (options, value) => options.FileOutput = options.FileOutput with { Path = value },
        },
        new OptionDefinition<string>
        {
            Key = "output.file.filename",
            Help = "First part of the event files' names; the start of the run (UTC) and .ndjson follow.",
            Format = new FileNameFormat(),
            Get = options => options.FileOutput.Filename,
            Set = (options, value) => options.FileOutput = options.FileOutput with { Filename = value },
        },
        .. Files(),
    ];
}
