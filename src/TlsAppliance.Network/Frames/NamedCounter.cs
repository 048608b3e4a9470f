namespace TlsAppliance.Network.Frames;

/// <summary>
/// One figure of a summary. An object, though a small one: what the runtime's collections and queries do with objects is compiled ahead, what they do with a value type
/// of ours each process would compile for the few that it has.
/// </summary>
/// <param name="Name">Words with dots between them.</param>
/// <param name="Value">How many.</param>
public sealed record NamedCounter(string Name, long Value);
