using System.Globalization;
using System.Text;
using TlsAppliance.Events;

namespace TlsAppliance.Sinks.Elasticsearch.Indices;

/// <summary>
/// The name of the index that an event goes to, in Packetbeat's notation: <c>%{[tls_appliance.layout]}</c> and other fields, and <c>%{+yyyy.MM.dd}</c> for the
/// start of the session in UTC. Immutable.
/// </summary>
public sealed class IndexNamePattern
{
    /// <summary>A live box: one index a day.</summary>
    public const string Daily = "tls-appliance-%{[tls_appliance.layout]}-%{+yyyy.MM.dd}";

    /// <summary>A replay: one index a year, for an archive must not make hundreds of them.</summary>
    public const string Yearly = "tls-appliance-%{[tls_appliance.layout]}-%{+yyyy}";

    private const string LayoutField = "tls_appliance.layout";
    private const long NanosecondsPerTick = 100;

    private readonly IndexNamePart[] _parts;

    private IndexNamePattern(IndexNamePart[] parts)
    {
        _parts = parts;
        Period = parts.Select(part => part.Period).DefaultIfEmpty(TimeSpan.MaxValue).Min();
    }

    /// <summary>Sessions that begin in the same period since 1970 have the same index; <see cref="TimeSpan.MaxValue"/> without a date.</summary>
    public TimeSpan Period { get; }

    /// <param name="pattern">Such as <see cref="Daily"/>.</param>
    /// <param name="fields">Values of the fields that are the same for all events: <c>agent.version</c>.</param>
    /// <exception cref="FormatException">The message says what is wrong, or which character no index may have.</exception>
    public static IndexNamePattern Parse(string pattern, IReadOnlyDictionary<string, string> fields)
    {
        var parts = new List<IndexNamePart>();
        int at = 0;
        while (at < pattern.Length)
        {
            int open = pattern.IndexOf("%{", at, StringComparison.Ordinal);
            if (open != at)
            {
                parts.Add(new IndexNamePart.Text(pattern[at..(open < 0 ? pattern.Length : open)]));
                at = open < 0 ? pattern.Length : open;
                continue;
            }

            int close = pattern.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"\"{pattern}\": %{{ without }}");
            }

            parts.Add(Expression(pattern[(open + 2)..close], fields));
            at = close + 1;
        }

        var result = new IndexNamePattern([.. parts]);
        IndexNameRules.Check(result.For(EventLayout.Classic, 0));
        return result;
    }

    /// <param name="layout">How the document is laid out.</param>
    /// <param name="timestamp">Start of the session, ns since 1970-01-01T00:00:00Z.</param>
    public string For(EventLayout layout, long timestamp)
    {
        DateTime start = DateTime.UnixEpoch.AddTicks(Math.DivRem(timestamp, NanosecondsPerTick) is var (ticks, rest) && rest < 0 ? ticks - 1 : ticks);
        var name = new StringBuilder();
        foreach (IndexNamePart part in _parts)
        {
            part.Append(name, layout, start);
        }

        return name.ToString();
    }

    /// <summary>The same with <c>*</c> for every date: what an index template has to match.</summary>
    public string WildcardFor(EventLayout layout)
    {
        var name = new StringBuilder();
        foreach (IndexNamePart part in _parts)
        {
            if (part is IndexNamePart.Date)
            {
                name.Append('*');
            }
            else
            {
                part.Append(name, layout, default);
            }
        }

        return name.ToString();
    }

    private static IndexNamePart Expression(string expression, IReadOnlyDictionary<string, string> fields)
    {
        if (expression.StartsWith('+'))
        {
            return IndexNamePart.Date.Parse(expression[1..]);
        }

        if (!expression.StartsWith('[') || !expression.EndsWith(']'))
        {
            throw new FormatException($"%{{{expression}}} is neither %{{[field]}} nor %{{+date}}");
        }

        string field = expression[1..^1];
        return field == LayoutField ? new IndexNamePart.Layout()
            : fields.TryGetValue(field, out string? value) ? new IndexNamePart.Text(value.ToLower(CultureInfo.InvariantCulture))
            : throw new FormatException($"%{{[{field}]}} is not known here; there are {string.Join(", ", fields.Keys.Prepend(LayoutField))}");
    }
}
