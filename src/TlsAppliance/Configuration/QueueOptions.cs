using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Configuration;

/// <summary>The section <c>queue</c>: where events wait for Elasticsearch.</summary>
internal sealed record QueueOptions
{
    public MemoryQueueOptions Memory { get; init; } = new();

    /// <summary>Its path is empty until somebody sets it.</summary>
    public DiskQueueOptions Disk { get; init; } = new() { Path = "" };

    /// <summary>The configuration says something of <c>queue.mem</c>.</summary>
    public bool IsMemorySet { get; init; }

    /// <summary>The configuration says something of <c>queue.disk</c>.</summary>
    public bool IsDiskSet { get; init; }

    /// <summary>A live box has a disk queue unless only the other one is configured; a replay can read its capture again and has one only when it is configured.</summary>
    public bool UsesDisk(bool live) => IsDiskSet || (live && !IsMemorySet);

    public QueueOptions With(MemoryQueueOptions memory) => this with { Memory = memory, IsMemorySet = true };

    public QueueOptions With(DiskQueueOptions disk) => this with { Disk = disk, IsDiskSet = true };
}
