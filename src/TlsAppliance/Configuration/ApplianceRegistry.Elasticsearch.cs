using TlsAppliance.Configuration.Values;
using TlsAppliance.Sinks.Elasticsearch.Bulk;
using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Configuration;

/// <summary>The output to Elasticsearch and OpenSearch, and what of <c>setup</c> belongs to it.</summary>
internal static partial class ApplianceRegistry
{
    /// <summary>Where events go.</summary>
    public const string IndexKey = Elasticsearch + "index";

    private const string Elasticsearch = "output.elasticsearch.";

    private const int LongText = 16 * 1024;

    private static readonly TextFormat s_longText = new(LongText);
    private static readonly DurationFormat s_wait = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));

    private static readonly ListFormat<string> s_hosts = new(new TextFormat(4096), "list of text", "a host or URL, or a list of these: [\"https://es1:9200\", \"es2\"]");
    private static readonly ListFormat<string> s_authorities = new(s_longText, "list of text", "a PEM file or PEM text, or a list of these");

    private static readonly ListFormat<string> s_pins = new(new TextFormat(64), "list of text", "a Base64 text of 44 characters, or a list of these");

    private static IEnumerable<OptionDefinition> ElasticsearchOutput() => [.. Connection(), .. Tls12And13(), .. Requests(), .. Targets(), .. Setup()];

    private static IEnumerable<OptionDefinition> Connection() =>
    [
        Client("hosts", "Elasticsearch or OpenSearch: name, name:port or URL; several share the work.", s_hosts,
            client => client.Hosts, (client, value) => client with { Hosts = value }),
        Client("protocol", "For hosts without a scheme of their own.", new ChoiceFormat<bool>(("http", false), ("https", true)),
            client => client.Protocol == "https", (client, value) => client with { Protocol = value ? "https" : "http" }),
        Client("path", "Put before every path, for hosts without one of their own.", s_longText, client => client.Path, (client, value) => client with { Path = value }),
        Client("username", "User for basic authentication.", s_longText, client => client.Username, (client, value) => client with { Username = value }),
        Client("password", "Password of this user.", s_longText, client => client.Password, (client, value) => client with { Password = value }, isSecret: true),
        Client("api_key", "id:key, or its Base64 form; goes before a user.", s_longText, client => client.ApiKey, (client, value) => client with { ApiKey = value }, isSecret: true),
        Client("headers", "More headers of each request.", new HeadersFormat(), client => client.Headers, (client, value) => client with { Headers = value }, isSecret: true),
        Client("parameters", "More query parameters of each bulk request.", new HeadersFormat(), client => client.Parameters, (client, value) => client with { Parameters = value }),
        Client("proxy_url", "Proxy (http, https, socks5); empty: what the environment says.", s_longText, client => client.ProxyUrl, (client, value) => client with { ProxyUrl = value }),
        Client("proxy_disable", "No proxy, whatever the environment says.", s_boolean, client => client.ProxyDisable, (client, value) => client with { ProxyDisable = value }),
        Client("timeout", "Longest wait for an answer.", s_wait, client => client.Timeout, (client, value) => client with { Timeout = value }),
        Client("idle_connection_timeout", "A connection without a request is closed after this time.", s_wait,
            client => client.IdleConnectionTimeout, (client, value) => client with { IdleConnectionTimeout = value }),
        Client("compression_level", "gzip from 1 (fast) to 9 (small); 0: none.", new IntegerFormat(0, 9), client => client.CompressionLevel, (client, value) => client with { CompressionLevel = value }),
        Client("loadbalance", "true: hosts take turns; false: one is used, the others stand in for it.", s_boolean, client => client.LoadBalance, (client, value) => client with { LoadBalance = value }),
        Client("allow_older_versions", "Write to Elasticsearch 7, too.", s_boolean, client => client.AllowOlderVersions, (client, value) => client with { AllowOlderVersions = value }),
        Client("pipeline", "Ingest pipeline for all events.", s_longText, client => client.Pipeline, (client, value) => client with { Pipeline = value }),
    ];

    private static IEnumerable<OptionDefinition> Tls12And13() =>
    [
        Ssl("enabled", "false: hosts that do not say https are spoken to without TLS.", s_boolean, tls => tls.Enabled, (tls, value) => tls with { Enabled = value }),
        Ssl("verification_mode", "How much of the server's certificate has to be right.",
            new ChoiceFormat<CertificateVerification>(
                ("full", CertificateVerification.Full), ("strict", CertificateVerification.Strict), ("certificate", CertificateVerification.Certificate), ("none", CertificateVerification.None)),
            tls => tls.Verification, (tls, value) => tls with { Verification = value }),
        Ssl("certificate_authorities", "Files (or texts) with the CAs to trust; with any, the system's do not count.", s_authorities,
            tls => tls.CertificateAuthorities, (tls, value) => tls with { CertificateAuthorities = value }),
        Ssl("ca_trusted_fingerprint", "SHA-256 of a CA certificate in hexadecimal digits: it is trusted when the server presents it.", new TextFormat(128),
            tls => tls.CaTrustedFingerprint, (tls, value) => tls with { CaTrustedFingerprint = value }),
        Ssl("ca_sha256", "SHA-256 of public keys in Base64: one of them has to be in the server's chain, which has to be right besides.", s_pins,
            tls => tls.Pins, (tls, value) => tls with { Pins = [.. value.Where(pin => pin.Length > 0)] }),
        Ssl("certificate", "Our own certificate: a PEM file, or its text.", s_longText, tls => tls.Certificate, (tls, value) => tls with { Certificate = value }),
        Ssl("key", "Its key: a PEM file, or its text.", s_longText, tls => tls.Key, (tls, value) => tls with { Key = value }, isSecret: true),
        Ssl("key_passphrase", "For an encrypted key.", s_longText, tls => tls.KeyPassphrase, (tls, value) => tls with { KeyPassphrase = value }, isSecret: true),
        Ssl("supported_protocols", "TLS versions to offer; empty: the system's.", new SslProtocolsFormat(), tls => tls.Protocols, (tls, value) => tls with { Protocols = value }),
    ];

    private static IEnumerable<OptionDefinition> Requests() =>
    [
        Output("preset", "Values for worker, bulk_max_size, queue.mem, idle_connection_timeout and backoff at once, which win over these options; custom: each for itself.", new PresetFormat(),
            output => output.Preset, (output, value) => output with { Preset = value }),
        Bulk("worker", "Requests under way at a time, for each host.", new IntegerFormat(1, 64, "workers"), bulk => bulk.Workers, (bulk, value) => bulk with { Workers = value }, ["workers"]),
        Bulk("bulk_max_size", "Most events in one request.", new IntegerFormat(1, 100_000, "events"), bulk => bulk.MaximumEvents, (bulk, value) => bulk with { MaximumEvents = value }),
        Bulk("bulk_max_bytes", "Largest body of a request before it is packed; the server's http.max_content_length counts the same. One event that is larger goes alone.", new BytesFormat(16 * KiB, GiB),
            bulk => bulk.MaximumBytes, (bulk, value) => bulk with { MaximumBytes = (int)value }, matches: null),
        Bulk("backoff.init", "Pause after the first failure; doubles with each further one. There is no last try.", s_wait, bulk => bulk.BackoffInitial, (bulk, value) => bulk with { BackoffInitial = value }),
        Bulk("backoff.max", "Longest pause between two tries.", s_wait, bulk => bulk.BackoffMaximum, (bulk, value) => bulk with { BackoffMaximum = value }),
    ];

    private static IEnumerable<OptionDefinition> Targets() =>
    [
        Output("index", "Index by the session's own date in UTC. Empty: tls-appliance-LAYOUT-%{+yyyy.MM.dd} live, tls-appliance-LAYOUT-%{+yyyy} in a replay. May say %{[tls_appliance.layout]}.", s_longText,
            output => output.Index, (output, value) => output with { Index = value }),
        Output("data_stream", "Write to a data stream instead. After a roll-over it takes a session again that it had before: replays of the same capture are then indexed twice.", s_boolean,
            output => output.DataStream, (output, value) => output with { DataStream = value }),
        Named("data_stream.type", "First part of the data stream's name.", new TextFormat(100), output => output.DataStreamType, (output, value) => output with { DataStreamType = value }),
        Named("data_stream.dataset", "Second part of the data stream's name.", new TextFormat(100), output => output.DataStreamDataset, (output, value) => output with { DataStreamDataset = value }),
        Named("data_stream.namespace", "Third part of the data stream's name.", new TextFormat(100), output => output.DataStreamNamespace, (output, value) => output with { DataStreamNamespace = value }),
    ];

    private static IEnumerable<OptionDefinition> Setup() =>
    [
        Named("setup.template.enabled", "Put the index template when it is missing or differs, at the start and by the command setup.", s_boolean,
            output => output.TemplateEnabled, (output, value) => output with { TemplateEnabled = value }, Packetbeat),
        Named("setup.template.name", "Name of the template; empty: after the index.", new TextFormat(255), output => output.TemplateName, (output, value) => output with { TemplateName = value }),
        Named("setup.template.overwrite", "Replace template and policy whatever is there.", s_boolean,
            output => output.TemplateOverwrite, (output, value) => output with { TemplateOverwrite = value }, Packetbeat),
        Named("setup.template.settings.index.number_of_shards", "Shards of each index; 0: as the server has it.", new IntegerFormat(0, 1024, "shards"),
            output => output.Shards, (output, value) => output with { Shards = value }),
        Named("setup.template.settings.index.number_of_replicas", "Replicas of each shard; -1: as the server has it.", new IntegerFormat(-1, 64, "replicas"),
            output => output.Replicas, (output, value) => output with { Replicas = value }),
        Named("setup.ilm.enabled", "Give indices a lifecycle policy where the server knows such.", s_boolean,
            output => output.LifecycleEnabled, (output, value) => output with { LifecycleEnabled = value }, Packetbeat),
        Named("setup.ilm.policy_name", "Name of this policy.", new TextFormat(255), output => output.PolicyName, (output, value) => output with { PolicyName = value }),
        Named("setup.ilm.delete_after_days", "Age in days at which the policy deletes an index; 0: never.", new IntegerFormat(0, 36_500, "days"),
            output => output.DeleteAfterDays, (output, value) => output with { DeleteAfterDays = value }),
    ];

    private static OptionDefinition<T> Client<T>(
        string name, string help, ValueFormat<T> format, Func<ElasticsearchOptions, T> get, Func<ElasticsearchOptions, T, ElasticsearchOptions> set, bool isSecret = false) => new()
    {
        Key = Elasticsearch + name,
        Help = help,
        DefaultMatches = Packetbeat,
        IsSecret = isSecret,
        Format = format,
        Get = options => get(options.Elasticsearch.Client),
        Set = (options, value) => options.Elasticsearch = options.Elasticsearch with { Client = set(options.Elasticsearch.Client, value) },
    };

    private static OptionDefinition<T> Ssl<T>(
        string name, string help, ValueFormat<T> format, Func<ElasticsearchTlsOptions, T> get, Func<ElasticsearchTlsOptions, T, ElasticsearchTlsOptions> set, bool isSecret = false) =>
        Client("ssl." + name, help, format, client => get(client.Tls), (client, value) => client with { Tls = set(client.Tls, value) }, isSecret);

    private static OptionDefinition<T> Bulk<T>(
        string name, string help, ValueFormat<T> format, Func<BulkOptions, T> get, Func<BulkOptions, T, BulkOptions> set, string[]? aliases = null, string? matches = Packetbeat) => new()
    {
        Key = Elasticsearch + name,
        Aliases = [.. (aliases ?? []).Select(alias => Elasticsearch + alias)],
        Help = help,
        DefaultMatches = matches,
        Format = format,
        Get = options => get(options.Elasticsearch.Bulk),
        Set = (options, value) => options.Elasticsearch = options.Elasticsearch with { Bulk = set(options.Elasticsearch.Bulk, value) },
    };

    private static OptionDefinition<T> Output<T>(
        string name, string help, ValueFormat<T> format, Func<ElasticsearchOutputOptions, T> get, Func<ElasticsearchOutputOptions, T, ElasticsearchOutputOptions> set) =>
        Named(Elasticsearch + name, help, format, get, set);

    private static OptionDefinition<T> Named<T>(
        string key, string help, ValueFormat<T> format, Func<ElasticsearchOutputOptions, T> get, Func<ElasticsearchOutputOptions, T, ElasticsearchOutputOptions> set, string? matches = null) => new()
    {
        Key = key,
        Help = help,
        DefaultMatches = matches,
        Format = format,
        Get = options => get(options.Elasticsearch),
        Set = (options, value) => options.Elasticsearch = set(options.Elasticsearch, value),
    };
}
