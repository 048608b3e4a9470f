namespace TlsAppliance.LoadTest.Measure;

/// <summary>Where the events of an indexing run go.</summary>
internal enum IndexingTarget
{
    /// <summary>Rendered and thrown away.</summary>
    Nothing,

    /// <summary>A file, as <c>-o file</c>.</summary>
    File,

    /// <summary>A queue in memory, whose reader settles at once whatever comes.</summary>
    MemoryQueue,

    /// <summary>The same, on the disk.</summary>
    DiskQueue,

    /// <summary>A queue in memory, and bulk requests to the server that takes everything at once.</summary>
    MemoryQueueNullServer,

    /// <summary>The same with a queue on the disk.</summary>
    DiskQueueNullServer,

    /// <summary>A queue on the disk, and bulk requests to a real Elasticsearch.</summary>
    Elasticsearch,
}
