namespace TlsAppliance.Pipeline.Diagnostics;

/// <summary>Where to find a frame in the input again.</summary>
/// <param name="Timestamp">Its capture time, ns since 1970; of a fault that came with no frame, that of the flow's last one.</param>
/// <param name="Length">Captured bytes; 0: the fault came with no frame.</param>
/// <param name="Interface">Ordinal of the capture interface within its source.</param>
public sealed record FrameNote(long Timestamp, int Length, int Interface);
