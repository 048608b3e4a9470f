namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>An open file of a spool.</summary>
internal interface IQueueFile : IDisposable
{
    /// <summary>Bytes read, fewer than asked for only at the end of the file.</summary>
    int Read(Span<byte> bytes, long offset);

    /// <summary>Writes all bytes, or fails and may have written some.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    void Truncate(long length);

    /// <summary>Returns when all that was written is on the disk.</summary>
    void Sync();
}
