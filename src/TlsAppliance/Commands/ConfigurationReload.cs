using TlsAppliance.Capture.Live;
using TlsAppliance.Configuration;
using TlsAppliance.Events;
using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Commands;

/// <summary>
/// What HUP does: reads the configuration again from where it came from, and puts in force what can change without losing anything: what events show
/// (processors, tags, fields, networks, certificates), files of places, the kernel's filters, the connection to Elasticsearch, and files that were moved away. What needs a restart is named; a configuration that is wrong changes nothing.
/// </summary>
internal sealed class ConfigurationReload : IDisposable
{
    /// <summary>Beginnings of names whose options take effect at once.</summary>
    private static readonly string[] s_immediate =
    [
        "processors", "tags", "fields", "fields_under_root", "packetbeat.interfaces.internal_networks", "tls_appliance.geoip.",
        "packetbeat.protocols.tls.processors", "packetbeat.protocols.tls.tags", "packetbeat.protocols.tls.fields", "packetbeat.protocols.tls.fields_under_root",
        "packetbeat.protocols.tls.send_certificates", "packetbeat.protocols.tls.include_raw_certificates", "packetbeat.protocols.tls.include_detailed_fields",
        "packetbeat.protocols.tls.fingerprints",
        "output.elasticsearch.hosts", "output.elasticsearch.protocol", "output.elasticsearch.path", "output.elasticsearch.username", "output.elasticsearch.password",
        "output.elasticsearch.api_key", "output.elasticsearch.headers", "output.elasticsearch.ssl.", "output.elasticsearch.proxy_", "cloud.",
    ];

    private readonly ConfigurationArguments _arguments;
    private readonly EventOptionsSource _events;
    private readonly IReadOnlyList<Action> _reopen;
    private readonly Action<string> _tell;
    private readonly Action<ApplianceOptions> _adjust;
    private readonly Func<ApplianceOptions, Action> _prepare;
    private readonly Lock _lock = new();
    private Dictionary<string, string> _values;
    private bool _isDisposed;

    /// <param name="arguments">Where the settings come from.</param>
    /// <param name="options">What is in force.</param>
    /// <param name="events">Takes new options of events.</param>
    /// <param name="reopen">Lets go of files that may have been moved: log, outputs.</param>
    /// <param name="tell">Takes one line about what was done.</param>
    /// <param name="adjust">What the command line changes besides in <paramref name="options"/>, to be done again to what is read.</param>
    /// <param name="prepare">
    /// Makes ready what else follows the configuration, and returns what puts it in force. A <see cref="LiveCaptureException"/> or an
    /// <see cref="ElasticsearchOptionsException"/> says that the configuration is wrong.
    /// </param>
    public ConfigurationReload(
        ConfigurationArguments arguments, ApplianceOptions options, EventOptionsSource events, IReadOnlyList<Action> reopen, Action<string> tell,
        Action<ApplianceOptions>? adjust = null, Func<ApplianceOptions, Action>? prepare = null)
    {
        (_arguments, _events, _reopen, _tell, _values) = (arguments, events, reopen, tell, Values(options));
        (_adjust, _prepare) = (adjust ?? (_ => { }), prepare ?? (_ => () => { }));
    }

    /// <returns>False: the configuration is wrong and nothing but files changed, or the run is over.</returns>
    public bool Reload()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return false;
            }

            foreach (Action reopen in _reopen)
            {
                reopen();
            }

            ConfigurationLoader loader = ConfiguredOptions.Load(_arguments);
            if (loader.Errors.Count > 0)
            {
                return Refuse(loader.Errors.Select(error => error.ToString()));
            }

            ApplianceOptions options = loader.Options;
            _adjust(options);
            Action further;
            try
            {
                further = _prepare(options);
            }
            catch (Exception failure) when (failure is LiveCaptureException or ElasticsearchOptionsException)
            {
                return Refuse([failure.Message]);
            }

            further();
            Apply(options);
            return true;
        }
    }

    private bool Refuse(IEnumerable<string> reasons)
    {
        foreach (string reason in reasons)
        {
            _tell(reason);
        }

        _tell("reload: the configuration is wrong; what was in force stays");
        return false;
    }

    /// <summary>Name and layout are part of every event's identity and of its index; they stay until the next start. Of filters tells who exchanges them.</summary>
    private void Apply(ApplianceOptions options)
    {
        Dictionary<string, string> values = Values(options);
        string[] changed = [.. values.Where(value => _values[value.Key] != value.Value && value.Key != ApplianceRegistry.CaptureFilterKey).Select(value => value.Key)];
        string[] later = [.. changed.Where(name => !s_immediate.Any(start => name.StartsWith(start, StringComparison.Ordinal)))];
        EventOptions events = options.ToPipelineOptions().Events;
        _events.Replace(events with { Sensor = _events.Current.Sensor, Layout = _events.Current.Layout });
        foreach (string name in later)
        {
            _tell($"reload: {name} has changed; it takes effect at the next start");
            values[name] = _values[name];
        }

        _values = values;
        string[] now = [.. changed.Except(later)];
        _tell(now.Length == 0 ? "reload: done" : $"reload: done; new are {string.Join(", ", now)}");
    }

    private static Dictionary<string, string> Values(ApplianceOptions options) =>
        ApplianceRegistry.Create().All.ToDictionary(option => option.Key, option => option.ValueText(options), StringComparer.Ordinal);

    /// <summary>From here on nothing of the run is touched.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }
    }
}
