namespace TlsAppliance.Configuration;

/// <summary>A name and its value in a section. The name may be dotted: <c>a.b: 1</c> says the same as <c>a: {b: 1}</c>.</summary>
/// <param name="Place">Where the name stands.</param>
internal sealed record ConfigurationEntry(ConfigurationPlace Place, string Name, ConfigurationNode Value);
