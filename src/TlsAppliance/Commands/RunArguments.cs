namespace TlsAppliance.Commands;

/// <summary>What the user asked <c>run</c> to do.</summary>
internal sealed record RunArguments
{
    /// <summary>Values of <c>-i</c>; none: as configured.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Null: as configured, else files.</summary>
    public OutputKind? Output { get; init; }

    public ConfigurationArguments Configuration { get; init; } = new();

    /// <summary>Zero: until a signal.</summary>
    public TimeSpan Duration { get; init; }

    public bool Quiet { get; init; }

    public bool Json { get; init; }

    public bool Strict { get; init; }
}
