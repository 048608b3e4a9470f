using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration.Processors;

/// <summary>The options of one processor, taken one by one; what is left over in the end is a mistake.</summary>
internal sealed class ProcessorArguments
{
    private readonly ICollection<ConfigurationProblem> _errors;
    private readonly Dictionary<string, ConfigurationEntry> _left = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public ProcessorArguments(ConfigurationEntry processor, string name, ICollection<ConfigurationProblem> errors)
    {
        (Place, Name, _errors) = (processor.Place, name, errors);
        foreach (ConfigurationEntry entry in processor.Value is ConfigurationNode.Section section ? NestedSection.Of(section).Entries : [])
        {
            _left[entry.Name] = entry;
        }
    }

    public ConfigurationPlace Place { get; }

    public string Name { get; }

    public void Complain(string message) => _errors.Add(new ConfigurationProblem(Place, Name, message));

    /// <summary>The value of an option; null when it is not there or has none.</summary>
    public ConfigurationNode? Take(string option)
    {
        _known.Add(option);
        if (!_left.Remove(option, out ConfigurationEntry? entry))
        {
            return null;
        }

        _taken.Add(option);
        return entry.Value is ConfigurationNode.Nothing ? null : entry.Value;
    }

    public bool HasTaken(string option) => _taken.Contains(option);

    public void Skip(IEnumerable<string> options)
    {
        foreach (string option in options)
        {
            _left.Remove(option);
        }
    }

    public string? Text(string option) => Take(option) is { } node ? Read(node, option, new TextFormat()) : null;

    public int? Optional(string option, IntegerFormat format)
    {
        if (Take(option) is not { } node)
        {
            return null;
        }

        if (format.TryRead(node, out int value, out ConfigurationNode wrong))
        {
            return value;
        }

        _errors.Add(new ConfigurationProblem(wrong.Place, $"{Name}.{option}", $"expected {format.Expected}, found {wrong.Kind}"));
        return null;
    }

    public T? Require<T>(string option, ValueFormat<T> format)
        where T : class
    {
        if (Take(option) is { } node)
        {
            return Read(node, option, format);
        }

        _errors.Add(new ConfigurationProblem(Place, Name, $"expected \"{option}\": {format.Expected}"));
        return null;
    }

    public void RefuseRest()
    {
        foreach (ConfigurationEntry entry in _left.Values)
        {
            string? nearest = NearestName.Find(entry.Name, _known);
            string hint = nearest is null ? $"known are {string.Join(", ", _known)}" : $"did you mean {nearest}?";
            _errors.Add(new ConfigurationProblem(entry.Place, $"{Name}.{entry.Name}", $"unknown option; {hint}"));
        }
    }

    private T? Read<T>(ConfigurationNode node, string option, ValueFormat<T> format)
        where T : class
    {
        if (format.TryRead(node, out T value, out ConfigurationNode wrong))
        {
            return value;
        }

        _errors.Add(new ConfigurationProblem(wrong.Place, $"{Name}.{option}", $"expected {format.Expected}, found {wrong.Kind}"));
        return null;
    }
}
