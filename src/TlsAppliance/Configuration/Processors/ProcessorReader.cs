using System.Globalization;
using TlsAppliance.Configuration.Values;
using TlsAppliance.Events.Processing;

namespace TlsAppliance.Configuration.Processors;

/// <summary>Reads Beats' list of processors. Collects what is wrong; what Beats has and we do not is a warning.</summary>
internal sealed class ProcessorReader(ICollection<ConfigurationProblem> errors, ICollection<ConfigurationProblem> warnings)
{
    /// <summary>As many as the engine takes, those in branches included.</summary>
    private const int MaximumSteps = 64;

    private const string When = "when";

    /// <summary>Taken with any processor and without effect here: nothing of ours fails.</summary>
    private static readonly string[] s_neutral = ["ignore_missing", "ignore_failure", "fail_on_error", "id", "tag", "description"];

    /// <summary>What Beats has besides.</summary>
    private static readonly string[] s_beats =
    [
        "add_cloud_metadata", "add_cloudfoundry_metadata", "add_docker_metadata", "add_host_metadata", "add_id", "add_kubernetes_metadata", "add_locale",
        "add_network_direction", "add_nomad_metadata", "add_observer_metadata", "add_process_metadata", "add_formatted_index", "add_session_metadata",
        "append", "cache", "convert", "copy_fields", "decode_base64_field", "decode_cef", "decode_csv_fields", "decode_duration", "decode_json_fields",
        "decode_xml", "decode_xml_wineventlog", "decompress_gzip_field", "detect_mime_type", "dissect", "dns", "extract_array", "fingerprint", "lowercase",
        "move_fields", "now", "parse_aws_vpc_flow_log", "rate_limit", "registered_domain", "rename", "replace", "script", "syslog", "timestamp",
        "translate_ldap_attribute", "translate_sid", "truncate_fields", "uppercase", "urldecode",
    ];

    private static readonly ListFormat<string> s_texts = new(new TextFormat(), "list of text", "a text or a list of texts");
    private static readonly FieldsFormat s_fields = new();
    private static readonly IntegerFormat s_seed = new(0, ushort.MaxValue);
    private readonly ConditionReader _conditions = new(errors);
    private int _steps;
    private ushort? _seed;

    /// <summary>What is implemented, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["add_fields", "add_labels", "add_tags", "drop_fields", "include_fields", "drop_event", "community_id"];

    public ProcessorSteps Read(ConfigurationNode node, string name)
    {
        IReadOnlyList<EventProcessor> steps = ReadList(node, name);
        if (_steps > MaximumSteps)
        {
            Error(node, name, string.Create(CultureInfo.InvariantCulture, $"more than {MaximumSteps} processors"));
        }

        return new ProcessorSteps(steps, _seed, ConfigurationText.Write(node));
    }

    private IReadOnlyList<EventProcessor> ReadList(ConfigurationNode node, string name)
    {
        if (node is ConfigurationNode.Section)
        {
            return [.. ReadItem(node, name)];
        }

        if (node is not ConfigurationNode.Sequence list)
        {
            Error(node, name, $"expected a list of processors, found {node.Kind}");
            return [];
        }

        return [.. list.Items.SelectMany(item => ReadItem(item, name))];
    }

    private IEnumerable<EventProcessor> ReadItem(ConfigurationNode item, string name)
    {
        if (item is ConfigurationNode.Text { Quoted: false } bare)
        {
            item = new ConfigurationNode.Section(bare.Place, [new ConfigurationEntry(bare.Place, bare.Value, new ConfigurationNode.Nothing(bare.Place))]);
        }

        if (item is not ConfigurationNode.Section section)
        {
            Error(item, name, $"expected a processor such as \"add_tags: {{tags: [a]}}\", found {item.Kind}");
            return [];
        }

        IReadOnlyList<ConfigurationEntry> entries = NestedSection.Of(section).Entries;
        if (entries.Any(entry => entry.Name is "if"))
        {
            return ReadBranch(entries, section, name);
        }

        if (entries.Count != 1)
        {
            Error(item, name, $"expected one processor, found {(entries.Count == 0 ? "none" : string.Join(", ", entries.Select(entry => Printable.Text(entry.Name, 40))))}; each is an item of the list");
            return [];
        }

        return ReadStep(entries[0], $"{name}.{entries[0].Name}") is { } step ? [step] : [];
    }

    private EventProcessor[] ReadBranch(IReadOnlyList<ConfigurationEntry> entries, ConfigurationNode.Section section, string name)
    {
        EventCondition? condition = null;
        IReadOnlyList<EventProcessor> then = [];
        IReadOnlyList<EventProcessor> otherwise = [];
        foreach (ConfigurationEntry entry in entries)
        {
            switch (entry.Name)
            {
                case "if":
                    condition = _conditions.Read(entry.Value, $"{name}.if");
                    break;
                case "then":
                    then = ReadList(entry.Value, $"{name}.then");
                    break;
                case "else":
                    otherwise = ReadList(entry.Value, $"{name}.else");
                    break;
                default:
                    Error(entry.Place, $"{name}.{entry.Name}", "unknown name beside \"if\"; known are if, then, else");
                    break;
            }
        }

        if (entries.All(entry => entry.Name != "then"))
        {
            Error(section, name, "expected \"then\" with what to do, beside \"if\"");
        }

        return condition is null || (then.Count == 0 && otherwise.Count == 0) ? [] : [new EventProcessor.Branch(condition, then, otherwise)];
    }

    private EventProcessor? ReadStep(ConfigurationEntry entry, string name)
    {
        if (!Names.Contains(entry.Name))
        {
            JudgeUnknown(entry, name);
            return null;
        }

        if (entry.Value is not (ConfigurationNode.Section or ConfigurationNode.Nothing))
        {
            Error(entry.Value, name, $"expected a section with the processor's options, found {entry.Value.Kind}");
            return null;
        }

        _steps++;
        var arguments = new ProcessorArguments(entry, name, errors);
        EventCondition? condition = arguments.Take(When) is { } when ? _conditions.Read(when, $"{name}.{When}") : null;
        arguments.Skip(s_neutral);
        EventProcessor? step = entry.Name switch
        {
            "add_fields" => AddFields(arguments, "fields"),
            "add_labels" => AddLabels(arguments),
            "add_tags" => AddTags(arguments),
            "drop_fields" => arguments.Require("fields", s_texts) is { } paths ? new EventProcessor.DropFields(paths) : null,
            "include_fields" => arguments.Require("fields", s_texts) is { } paths ? new EventProcessor.IncludeFields(paths) : null,
            "drop_event" => DropEvent(arguments, condition),
            _ => CommunityId(arguments, condition),
        };
        arguments.RefuseRest();
        return step is null ? null : step with { When = condition };
    }

    private EventProcessor.AddFields? AddFields(ProcessorArguments arguments, string defaultTarget)
    {
        string target = arguments.Text("target") ?? defaultTarget;
        return arguments.Require("fields", s_fields) is { } fields ? new EventProcessor.AddFields(Below(target, fields)) : null;
    }

    private static EventProcessor.AddFields? AddLabels(ProcessorArguments arguments) =>
        arguments.Require("labels", s_fields) is { } labels ? new EventProcessor.AddFields(Below("labels", labels)) : null;

    private static SortedDictionary<string, object> Below(string target, IReadOnlyDictionary<string, object> fields)
    {
        var values = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach ((string name, object value) in fields)
        {
            values[target.Length == 0 ? name : $"{target}.{name}"] = value;
        }

        return values;
    }

    private static EventProcessor.AddTags? AddTags(ProcessorArguments arguments)
    {
        string target = arguments.Text("target") is { Length: > 0 } given ? given : "tags";
        return arguments.Require("tags", s_texts) is { } tags ? new EventProcessor.AddTags(target, tags) : null;
    }

    private static EventProcessor.DropEvent? DropEvent(ProcessorArguments arguments, EventCondition? condition)
    {
        if (condition is null && !arguments.HasTaken(When))
        {
            arguments.Complain("expected a condition (when): without one no event would be left");
        }

        return new EventProcessor.DropEvent();
    }

    /// <summary>Every event has <c>network.community_id</c> anyway; only the seed may differ.</summary>
    private EventProcessor? CommunityId(ProcessorArguments arguments, EventCondition? condition)
    {
        if (condition is not null)
        {
            warnings.Add(new ConfigurationProblem(arguments.Place, arguments.Name, "acts on every event here; its condition is ignored"));
        }

        if (arguments.Take("fields") is { } fields)
        {
            warnings.Add(new ConfigurationProblem(fields.Place, $"{arguments.Name}.fields", "the id is made from the connection itself; ignored"));
        }

        if (arguments.Text("target") is { Length: > 0 } target && target != "network.community_id")
        {
            warnings.Add(new ConfigurationProblem(arguments.Place, $"{arguments.Name}.target", "the id stands in network.community_id; ignored"));
        }

        if (arguments.Optional("seed", s_seed) is { } seed)
        {
            _seed = (ushort)seed;
        }

        return null;
    }

    private void JudgeUnknown(ConfigurationEntry entry, string name)
    {
        if (s_beats.Contains(entry.Name))
        {
            warnings.Add(new ConfigurationProblem(entry.Place, name, "Packetbeat's processor, not implemented here; ignored"));
            return;
        }

        string? nearest = NearestName.Find(entry.Name, Names);
        Error(entry.Place, name, nearest is null ? $"unknown processor; known are {string.Join(", ", Names)}" : $"unknown processor; did you mean {nearest}?");
    }

    private void Error(ConfigurationNode node, string name, string message) => Error(node.Place, name, message);

    private void Error(ConfigurationPlace place, string name, string message) => errors.Add(new ConfigurationProblem(place, name, message));
}
