using System.Globalization;
using System.Text.RegularExpressions;
using TlsAppliance.Configuration.Values;
using TlsAppliance.Events.Processing;

namespace TlsAppliance.Configuration.Processors;

/// <summary>Reads Beats' conditions.</summary>
internal sealed class ConditionReader(ICollection<ConfigurationProblem> errors)
{
    private const int MaximumPattern = 1024;

    /// <summary>A pattern that needs a larger automaton is refused: nested repetitions grow without bound.</summary>
    private const int MaximumAutomaton = 10_000;

    private static readonly string[] s_names = ["equals", "contains", "regexp", "range", "network", "has_fields", "or", "and", "not"];

    private static readonly ListFormat<string> s_networks = new(new NetworkFormat(), "list of network", new NetworkFormat().Expected + ", or a list of these");
    private static readonly ListFormat<string> s_fields = new(new TextFormat(), "list of text", "a list of fields");

    static ConditionReader() => AppContext.SetData("REGEX_NONBACKTRACKING_MAX_AUTOMATA_SIZE", MaximumAutomaton);

    /// <summary>Null when something is wrong, which has been noted.</summary>
    public EventCondition? Read(ConfigurationNode node, string name)
    {
        if (node is not ConfigurationNode.Section section || NestedSection.Of(section).Entries is not [var entry])
        {
            return Fail(node, name, $"expected one condition of {string.Join(", ", s_names)}, found {(node is ConfigurationNode.Section ? "several or none" : node.Kind)}");
        }

        string full = $"{name}.{entry.Name}";
        return entry.Name switch
        {
            "equals" => Each(entry.Value, full, EqualTo),
            "contains" => Each(entry.Value, full, Containing),
            "regexp" => Each(entry.Value, full, Matching),
            "network" => Each(entry.Value, full, InNetwork),
            "range" => Range(entry.Value, full),
            "has_fields" => s_fields.TryRead(entry.Value, out IReadOnlyList<string> fields, out ConfigurationNode wrong)
                ? new EventCondition.HavingFields(fields)
                : Fail(wrong, full, $"expected {s_fields.Expected}, found {wrong.Kind}"),
            "and" => List(entry.Value, full) is { } all ? new EventCondition.AllOf(all) : null,
            "or" => List(entry.Value, full) is { } any ? new EventCondition.AnyOf(any) : null,
            "not" => Read(entry.Value, full) is { } condition ? new EventCondition.Not(condition) : null,
            _ => Unknown(entry, full),
        };
    }

    private EventCondition? Unknown(ConfigurationEntry entry, string name)
    {
        string? nearest = NearestName.Find(entry.Name, s_names);
        errors.Add(new ConfigurationProblem(
            entry.Place, name, nearest is null ? $"unknown condition; known are {string.Join(", ", s_names)}" : $"unknown condition; did you mean {nearest}?"));
        return null;
    }

    private List<EventCondition>? List(ConfigurationNode node, string name)
    {
        if (node is not ConfigurationNode.Sequence { Items.Count: > 0 } list)
        {
            Fail(node, name, $"expected a list of conditions, found {node.Kind}");
            return null;
        }

        List<EventCondition> conditions = [.. list.Items.Select(item => Read(item, name)).OfType<EventCondition>()];
        return conditions.Count == list.Items.Count ? conditions : null;
    }

    /// <summary>One condition for each field of a section; all must hold.</summary>
    private EventCondition? Each(ConfigurationNode node, string name, Func<ConfigurationEntry, string, EventCondition?> read)
    {
        ConfigurationEntry[] leaves = node is ConfigurationNode.Section section ? [.. NestedSection.Leaves(section)] : [];
        if (leaves.Length == 0)
        {
            return Fail(node, name, $"expected fields and their values, such as \"tls.version: '1.2'\", found {node.Kind}");
        }

        EventCondition[] conditions = [.. leaves.Select(leaf => read(leaf, $"{name}.{leaf.Name}")).OfType<EventCondition>()];
        return conditions.Length < leaves.Length ? null : conditions is [var only] ? only : new EventCondition.AllOf(conditions);
    }

    private EventCondition? EqualTo(ConfigurationEntry leaf, string name) => leaf.Value is ConfigurationNode.Text text
        ? new EventCondition.EqualTo(leaf.Name, FieldsFormat.Typed(text))
        : Fail(leaf.Value, name, $"expected a text, a number, true or false, found {leaf.Value.Kind}");

    private EventCondition? Containing(ConfigurationEntry leaf, string name) => leaf.Value is ConfigurationNode.Text text
        ? new EventCondition.Containing(leaf.Name, text.Value)
        : Fail(leaf.Value, name, $"expected a text, found {leaf.Value.Kind}");

    /// <summary>Without backtracking: names on the wire are chosen by whoever sends them.</summary>
    private EventCondition? Matching(ConfigurationEntry leaf, string name)
    {
        const string Expected = "expected a regular expression without look-around and back references";
        if (leaf.Value is not ConfigurationNode.Text { Value.Length: <= MaximumPattern } text)
        {
            return Fail(leaf.Value, name, $"{Expected}, at most {MaximumPattern} characters long, found {leaf.Value.Kind}");
        }

        try
        {
            var pattern = new Regex(text.Value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return new EventCondition.Matching(leaf.Name, pattern.IsMatch);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return Fail(leaf.Value, name, $"{Expected}, found {leaf.Value.Kind}");
        }
    }

    private EventCondition? InNetwork(ConfigurationEntry leaf, string name) =>
        s_networks.TryRead(leaf.Value, out IReadOnlyList<string> networks, out ConfigurationNode wrong)
            ? new EventCondition.InNetwork(leaf.Name, networks)
            : Fail(wrong, name, $"expected {s_networks.Expected}, found {wrong.Kind}");

    private EventCondition? Range(ConfigurationNode node, string name)
    {
        ConfigurationEntry[] leaves = node is ConfigurationNode.Section section ? [.. NestedSection.Leaves(section)] : [];
        const string Expected = "expected a field with bounds, such as \"source.bytes: {gte: 1000, lt: 2000}\"";
        if (leaves.Length == 0 || leaves.Any(leaf => !leaf.Name.Contains('.', StringComparison.Ordinal)))
        {
            return Fail(node, name, $"{Expected}, found {node.Kind}");
        }

        var conditions = new List<EventCondition>();
        foreach (IGrouping<string, ConfigurationEntry> field in leaves.GroupBy(leaf => leaf.Name[..leaf.Name.LastIndexOf('.')]))
        {
            var range = new EventCondition.InRange(field.Key, null, null, null, null);
            foreach (ConfigurationEntry leaf in field)
            {
                if (Bound(range, leaf, $"{name}.{leaf.Name}") is not { } bounded)
                {
                    return null;
                }

                range = bounded;
            }

            conditions.Add(range);
        }

        return conditions is [var only] ? only : new EventCondition.AllOf(conditions);
    }

    private EventCondition.InRange? Bound(EventCondition.InRange range, ConfigurationEntry leaf, string name)
    {
        if (leaf.Value is not ConfigurationNode.Text text ||
            !double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double bound) || !double.IsFinite(bound))
        {
            Fail(leaf.Value, name, $"expected a number, found {leaf.Value.Kind}");
            return null;
        }

        switch (leaf.Name[(leaf.Name.LastIndexOf('.') + 1)..])
        {
            case "gte":
                return range with { AtLeast = bound };
            case "gt":
                return range with { MoreThan = bound };
            case "lte":
                return range with { AtMost = bound };
            case "lt":
                return range with { LessThan = bound };
            default:
                errors.Add(new ConfigurationProblem(leaf.Place, name, "unknown bound; known are gte, gt, lte, lt"));
                return null;
        }
    }

    private EventCondition? Fail(ConfigurationNode node, string name, string message)
    {
        errors.Add(new ConfigurationProblem(node.Place, name, message));
        return null;
    }
}
