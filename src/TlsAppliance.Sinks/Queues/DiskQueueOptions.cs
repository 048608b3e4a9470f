namespace TlsAppliance.Sinks.Queues;

/// <summary>Where a disk queue lies, how large it gets and how soon it is durable.</summary>
public sealed record DiskQueueOptions
{
    /// <summary>Smallest queue: some events of the largest kind.</summary>
    public const long LeastBytes = 64 * 1024;

    /// <summary>A directory of its own, made when missing (<c>queue.disk.path</c>). Whoever opens it must have it alone: see <see cref="DataDirectory"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Most bytes on the disk (<c>queue.disk.max_size</c>), at least <see cref="LeastBytes"/>.</summary>
    /// <value>10 GB, as Packetbeat's: some four million events of the common mix.</value>
    public long MaximumBytes { get; init; } = 10_000_000_000;

    /// <summary>A segment is closed at this size (<c>queue.disk.segment_size</c>) and deleted when all of it is acknowledged. At most half of the queue.</summary>
    /// <value>
    /// 16 MiB. With a target that keeps up, segments that are settled when their sync comes are deleted without ever having been written to the disk; the smaller they are,
    /// the more of them. Packetbeat's 1 GB would give room back in lumps of 1 GB.
    /// </value>
    public long SegmentBytes { get; init; } = 16L << 20;

    /// <summary>Events that wait in memory, and are delivered from there, while the disk takes none (<c>queue.disk.write_ahead</c>).</summary>
    /// <value>2048, as Packetbeat's.</value>
    public int WriteAheadEvents { get; init; } = 2048;

    /// <summary>Their bytes.</summary>
    public long WriteAheadBytes { get; init; } = 32L << 20;

    /// <summary>Newest events, of so many bytes, that stay in memory until they are read: a target that keeps up never reads the disk.</summary>
    /// <value>16 MiB: what a storm brings while a bulk request is under way.</value>
    public long RecentBytes { get; init; } = 16L << 20;

    /// <summary>
    /// Longest time until the sync of an event that is not settled begins (<c>queue.disk.sync.interval</c>). A power cut costs what is newer; the kill of the
    /// process alone costs nothing that was appended.
    /// </summary>
    /// <value>500 ms.</value>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>So many new events begin a sync at once (<c>queue.disk.sync.events</c>); 0: only time and bytes do.</summary>
    public int SyncEvents { get; init; }

    /// <summary>So many new bytes begin a sync at once (<c>queue.disk.sync.bytes</c>), so that none has too much to do; 0: only time and events do.</summary>
    /// <value>0: with a target that keeps up, most of what is written is settled before its time has come, and never needs the disk.</value>
    public long SyncBytes { get; init; }

    /// <summary>After the disk failed, the first pause before it is tried again (<c>queue.disk.retry_interval</c>); each failure doubles it.</summary>
    /// <value>1 s, as Packetbeat's.</value>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause (<c>queue.disk.max_retry_interval</c>).</summary>
    /// <value>30 s, as Packetbeat's.</value>
    public TimeSpan MaximumRetryInterval { get; init; } = TimeSpan.FromSeconds(30);

    public FullPolicy WhenFull { get; init; } = FullPolicy.DropNewest;
}
