using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace TlsAppliance.Telemetry;

/// <summary>
/// All observable instruments of some meters in Prometheus' text format, version 0.0.4: <c>tls_appliance.frames.received</c> in <c>{frame}</c> becomes
/// <c>tls_appliance_frames_received_total</c>, bytes and seconds are named at the end.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The runtime's own: processor time, memory, garbage collections, thread pool.</summary>
    public const string RuntimeMeter = "System.Runtime";

    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<Instrument, StringBuilder> _samples = [];

    public PrometheusText(params string[] meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.IsObservable && meters.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value.ToString(CultureInfo.InvariantCulture), tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value.ToString(CultureInfo.InvariantCulture), tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value.ToString("R", CultureInfo.InvariantCulture), tags));
        _listener.Start();
    }

    /// <summary>Asks all instruments and writes what they say.</summary>
    public string Write()
    {
        lock (_lock)
        {
            _samples.Clear();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach ((Instrument instrument, StringBuilder samples) in _samples.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
            {
                string name = Name(instrument);
                text.Append("# HELP ").Append(name).Append(' ').Append(Escape(instrument.Description ?? "", quotes: false)).Append('\n');
                text.Append("# TYPE ").Append(name).Append(IsCounter(instrument) ? " counter\n" : " gauge\n");
                text.Append(samples);
            }

            return text.ToString();
        }
    }

    private void Add(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_samples.TryGetValue(instrument, out StringBuilder? text))
        {
            _samples.Add(instrument, text = new StringBuilder());
        }

        text.Append(Name(instrument));
        char before = '{';
        foreach ((string tag, object? tagValue) in tags)
        {
            text.Append(before).Append(Plain(tag)).Append("=\"").Append(Escape(Convert.ToString(tagValue, CultureInfo.InvariantCulture) ?? "", quotes: true)).Append('"');
            before = ',';
        }

        text.Append(before == ',' ? "} " : " ").Append(value).Append('\n');
    }

    private static bool IsCounter(Instrument instrument) => instrument.GetType().GetGenericTypeDefinition() == typeof(ObservableCounter<>);

    private static string Name(Instrument instrument)
    {
        string unit = instrument.Unit switch
        {
            "By" => "_bytes",
            "s" => "_seconds",
            _ => "",
        };
        return Plain(instrument.Name) + unit + (IsCounter(instrument) ? "_total" : "");
    }

    private static string Plain(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));

    private static string Escape(string text, bool quotes)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    public void Dispose() => _listener.Dispose();
}
