using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Rendering;

/// <summary>Properties rendered before, ready to be copied into an event.</summary>
/// <param name="Json">Properties separated by commas, without braces; may be empty.</param>
/// <param name="Truncated">What was cut in them, or null.</param>
internal sealed record Fragment(byte[] Json, FieldSet? Truncated);
