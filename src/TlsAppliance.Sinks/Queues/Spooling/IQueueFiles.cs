namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>
/// The one directory of a spool, as few operations as it needs: the seam where a test can let the disk run full, break, or lose power between any two of them.
/// All fail with <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal interface IQueueFiles
{
    /// <summary>Names and lengths of all files; none when the directory is missing.</summary>
    IReadOnlyList<(string Name, long Length)> List();

    /// <summary>A new file, to be written and read. Fails when there is one of this name.</summary>
    IQueueFile Create(string name);

    /// <summary>A file that exists.</summary>
    /// <param name="name">Without directory.</param>
    /// <param name="writable">false: it can only be read.</param>
    IQueueFile Open(string name, bool writable);

    void Delete(string name);

    /// <summary>Returns when created and deleted names are on the disk.</summary>
    void SyncDirectory();
}
