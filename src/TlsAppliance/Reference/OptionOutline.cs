namespace TlsAppliance.Reference;

/// <summary>One option of a command.</summary>
/// <param name="Names">Short ones first.</param>
/// <param name="Description">Its sentence in the help.</param>
/// <param name="Value">What it takes.</param>
internal sealed record OptionOutline(IReadOnlyList<string> Names, string Description, ValueOutline Value);
