namespace TlsAppliance.Configuration;

/// <summary>Every option there is, by its full name and its aliases.</summary>
internal sealed class OptionRegistry
{
    private readonly Dictionary<string, OptionDefinition> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sections = new(StringComparer.Ordinal);

    public OptionRegistry(IReadOnlyList<OptionDefinition> definitions)
    {
        All = definitions;
        foreach (OptionDefinition definition in definitions)
        {
            foreach (string name in definition.Aliases.Prepend(definition.Key))
            {
                _byName.Add(name, definition);
                DottedName.AddAncestors(name, _sections);
            }
        }
    }

    /// <summary>In the order of the reference configuration.</summary>
    public IReadOnlyList<OptionDefinition> All { get; }

    public OptionDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>True when options stand below this name.</summary>
    public bool IsSection(string name) => _sections.Contains(name);

    /// <summary>The option that the writer most likely meant; null when nothing is near.</summary>
    public string? Nearest(string name) => NearestName.Find(name, _byName.Keys);
}
