using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Rendering;

/// <summary>Where a fragment began, and the set that was in use before it.</summary>
internal readonly record struct FragmentMark(int Start, FieldSet Truncated);
