using TlsAppliance.Configuration.Values;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Configuration;

/// <summary>Where events wait for Elasticsearch.</summary>
internal static partial class ApplianceRegistry
{
    private static readonly DurationFormat s_interval = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));

    private static IEnumerable<OptionDefinition> Queue() =>
    [
        Memory("events", "A queue in memory, which a replay has unless queue.disk is configured: most events in it.", new IntegerFormat(32, 1 << 22, "events"),
            memory => memory.Events, (memory, value) => memory with { Events = value }),
        Memory("bytes", "Most bytes in it.", new BytesFormat(MiB, 64 * GiB), memory => memory.Bytes, (memory, value) => memory with { Bytes = value }, matches: null),
        new OptionDefinition<int>
        {
            Key = "queue.mem.flush.min_events",
            Help = "So many events are sent at once, from either queue; fewer wait for more.",
            DefaultMatches = Packetbeat,
            Format = new IntegerFormat(1, 1 << 20, "events"),
            Get = options => options.Elasticsearch.Bulk.FlushEvents,
            Set = (options, value) => options.Elasticsearch = options.Elasticsearch with { Bulk = options.Elasticsearch.Bulk with { FlushEvents = value } },
        },
        new OptionDefinition<TimeSpan>
        {
            Key = "queue.mem.flush.timeout",
            Help = "How long.",
            DefaultMatches = Packetbeat,
            Format = new DurationFormat(TimeSpan.Zero, TimeSpan.FromHours(1)),
            Get = options => options.Elasticsearch.Bulk.FlushTimeout,
            Set = (options, value) => options.Elasticsearch = options.Elasticsearch with { Bulk = options.Elasticsearch.Bulk with { FlushTimeout = value } },
        },
        Disk("path", "A queue on the disk, which a live box has unless only queue.mem is configured: it lies below this directory; empty: below path.data.", new TextFormat(4096),
            disk => disk.Path, (disk, value) => disk with { Path = value }),
        Disk("max_size", "Most bytes on the disk. Full: a live box drops the newest events and counts them, a replay waits.", new BytesFormat(10_000_000, 1L << 50),
            disk => disk.MaximumBytes, (disk, value) => disk with { MaximumBytes = value }),
        Disk("segment_size", "A file of the queue is closed at this size, and deleted when all of it is acknowledged.", new BytesFormat(MiB, 64 * GiB),
            disk => disk.SegmentBytes, (disk, value) => disk with { SegmentBytes = value }, matches: null),
        Disk("write_ahead", "Events that wait in memory while the disk takes none.", new IntegerFormat(1, 1 << 22, "events"),
            disk => disk.WriteAheadEvents, (disk, value) => disk with { WriteAheadEvents = value }),
        Disk("retry_interval", "Pause before a disk that failed is tried again; each failure doubles it.", s_interval,
            disk => disk.RetryInterval, (disk, value) => disk with { RetryInterval = value }),
        Disk("max_retry_interval", "The longest such pause.", s_interval, disk => disk.MaximumRetryInterval, (disk, value) => disk with { MaximumRetryInterval = value }),
        Disk("sync.interval", "Longest time between two syncs: what a power cut may cost. The kill of the process costs nothing.", s_interval,
            disk => disk.SyncInterval, (disk, value) => disk with { SyncInterval = value }, matches: null),
        Disk("sync.events", "So many new events begin a sync at once; 0: only time and bytes do.", new IntegerFormat(0, 1 << 22, "events"),
            disk => disk.SyncEvents, (disk, value) => disk with { SyncEvents = value }, matches: null),
        Disk("sync.bytes", "So many new bytes begin a sync at once; 0: only time and events do.", new BytesFormat(0, 64 * GiB),
            disk => disk.SyncBytes, (disk, value) => disk with { SyncBytes = value }, matches: null),
    ];

    private static OptionDefinition<T> Memory<T>(
        string name, string help, ValueFormat<T> format, Func<MemoryQueueOptions, T> get, Func<MemoryQueueOptions, T, MemoryQueueOptions> set, string? matches = Packetbeat) => new()
    {
        Key = "queue.mem." + name,
        Help = help,
        DefaultMatches = matches,
        Format = format,
        Get = options => get(options.Queue.Memory),
        Set = (options, value) => options.Queue = options.Queue.With(set(options.Queue.Memory, value)),
    };

    private static OptionDefinition<T> Disk<T>(
        string name, string help, ValueFormat<T> format, Func<DiskQueueOptions, T> get, Func<DiskQueueOptions, T, DiskQueueOptions> set, string? matches = Packetbeat) => new()
    {
        Key = "queue.disk." + name,
        Help = help,
        DefaultMatches = matches,
        Format = format,
        Get = options => get(options.Queue.Disk),
        Set = (options, value) => options.Queue = options.Queue.With(set(options.Queue.Disk, value)),
    };
}
