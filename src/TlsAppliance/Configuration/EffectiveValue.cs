namespace TlsAppliance.Configuration;

/// <summary>One option as it is in force.</summary>
/// <param name="Name">Dotted name in full.</param>
/// <param name="Value">As YAML on one line; masked when it is a secret.</param>
/// <param name="Source"><c>default</c>, <c>file:line:column</c>, or the flag.</param>
internal sealed record EffectiveValue(string Name, string Value, string Source);
