namespace TlsAppliance.Commands;

/// <summary>A flag that says the same as an option.</summary>
/// <param name="Flag">As the user wrote it: <c>--layout</c>.</param>
/// <param name="Key">The option's full name.</param>
/// <param name="Value">As in a file.</param>
internal sealed record FlagSetting(string Flag, string Key, string Value);
