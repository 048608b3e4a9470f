namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>A file of the file system, read and written by offset.</summary>
internal sealed class DirectoryFile(FileStream file) : IQueueFile
{
    public int Read(Span<byte> bytes, long offset)
    {
        int total = 0;
        while (total < bytes.Length)
        {
            int read = RandomAccess.Read(file.SafeFileHandle, bytes[total..], offset + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => FileSizeLimit.Write(file.SafeFileHandle, bytes, offset);

    public void Truncate(long length) => RandomAccess.SetLength(file.SafeFileHandle, length);

    public void Sync() => RandomAccess.FlushToDisk(file.SafeFileHandle);

    public void Dispose() => file.Dispose();
}
