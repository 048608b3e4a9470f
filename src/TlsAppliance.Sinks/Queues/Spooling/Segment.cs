namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>One file of a spool: records in the order of their numbers.</summary>
internal sealed class Segment(long first, long length) : IDisposable
{
    /// <summary>No record in it has a lower number.</summary>
    public long First { get; } = first;

    public string Name => SegmentHeader.NameOf(First);

    /// <summary>Bytes of it that count.</summary>
    public long Length { get; set; } = length;

    /// <summary>Open while it is written or read.</summary>
    public IQueueFile? File { get; set; }

    /// <summary>It has bytes that no sync was begun for.</summary>
    public bool IsDirty { get; set; }

    /// <summary>A sync is under way, and uses the file.</summary>
    public bool IsSyncing { get; set; }

    public void Dispose()
    {
        File?.Dispose();
        File = null;
    }
}
