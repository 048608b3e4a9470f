namespace TlsAppliance.Reports;

/// <summary>What ends a replay before its input does.</summary>
/// <param name="Duration">Zero: nothing.</param>
/// <param name="Frames">0: nothing.</param>
internal readonly record struct ProgressBounds(TimeSpan Duration, long Frames);
