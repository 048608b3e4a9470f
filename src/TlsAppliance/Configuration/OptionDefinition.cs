namespace TlsAppliance.Configuration;

/// <summary>One option: what it is called, what it takes, what it does, and where its value goes.</summary>
internal abstract class OptionDefinition
{
    /// <summary>Dotted name in full.</summary>
    public required string Key { get; init; }

    /// <summary>Other names for the same option.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>One or two sentences for the reference configuration.</summary>
    public required string Help { get; init; }

    /// <summary>Whose default this is; null: ours.</summary>
    public string? DefaultMatches { get; init; }

    /// <summary>The value is never shown: not in messages, not by <c>export config</c>.</summary>
    public bool IsSecret { get; init; }

    public abstract string TypeName { get; }

    /// <summary>What a value must look like, to follow "expected".</summary>
    public abstract string Expected { get; }

    /// <summary>Unit of a bare number; null when there is none.</summary>
    public abstract string? Unit { get; }

    /// <summary>The value is a section of free names, which may be written dotted too and add up.</summary>
    public abstract bool TakesNames { get; }

    /// <summary>The default as YAML: what the options records say without a configuration.</summary>
    public abstract string DefaultText { get; }

    /// <summary>The value in force, as YAML.</summary>
    public abstract string ValueText(ApplianceOptions options);

    /// <summary>Puts the value where it belongs; the problem when it cannot be read.</summary>
    public abstract ConfigurationProblem? Apply(ConfigurationNode node, string name, ApplianceOptions options);

    /// <summary>The same for options of which several things may be wrong, or only worth a warning.</summary>
    public virtual void Apply(
        ConfigurationNode node, string name, ApplianceOptions options, ICollection<ConfigurationProblem> errors, ICollection<ConfigurationProblem> warnings)
    {
        if (Apply(node, name, options) is { } problem)
        {
            errors.Add(problem);
        }
    }
}
