namespace TlsAppliance.Reports;

/// <summary>Where a replay stands.</summary>
/// <param name="Elapsed">Since its start.</param>
/// <param name="BytesRead">Of the input.</param>
/// <param name="BytesTotal">Of the input; -1: unknown.</param>
/// <param name="Frames">Received.</param>
/// <param name="WireBytes">Of these frames.</param>
/// <param name="Sessions">Recognised.</param>
/// <param name="Drops">Frames that were received but not read by a fault of ours.</param>
internal readonly record struct ProgressSample(TimeSpan Elapsed, long BytesRead, long BytesTotal, long Frames, long WireBytes, long Sessions, long Drops);
