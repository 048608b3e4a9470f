namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>Bounds of a spool.</summary>
internal readonly record struct SpoolOptions(long MaximumBytes, long SegmentBytes, int WriteAheadEvents, long WriteAheadBytes, long RecentBytes)
{
    /// <summary>One event may take half of the queue; the other half is what makes room for it.</summary>
    public long MaximumDocument => Math.Min(SpoolRecord.MaximumDocument, (MaximumBytes / 2) - SegmentHeader.Length - SpoolRecord.HeaderLength);
}
