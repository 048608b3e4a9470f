namespace TlsAppliance.Commands;

/// <summary>Where a command's settings come from, each winning over those before it.</summary>
internal sealed record ConfigurationArguments
{
    /// <summary>Values of <c>-c</c>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Values of <c>-E</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Flags that stand for an option.</summary>
    public IReadOnlyList<FlagSetting> Flags { get; init; } = [];

    /// <summary>Notices are left out; warnings and errors are told all the same.</summary>
    public bool Quiet { get; init; }

    public ConfigurationArguments With(string flag, string key, string? value) =>
        value is null ? this : this with { Flags = [.. Flags, new FlagSetting(flag, key, value)] };

    /// <summary>What this flag was given; null when it was not.</summary>
    public string? ValueOf(string flag) => Flags.FirstOrDefault(setting => setting.Flag == flag)?.Value;
}
