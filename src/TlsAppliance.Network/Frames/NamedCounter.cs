namespace TlsAppliance.Network.Frames;

/// <param name="Name">Words with dots between them.</param>
/// <param name="Value">How many.</param>
public readonly record struct NamedCounter(string Name, long Value);
