using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>A file of the file system, read and written by offset.</summary>
internal sealed partial class DirectoryFile(FileStream file) : IQueueFile
{
    /// <summary>EINTR.</summary>
    private const int Interrupted = 4;

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

    public void Sync()
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            return;
        }

        // With the length, without the times: a cursor that is written over needs no turn of the file system's journal, which would hold up who appends meanwhile.
        while (SyncData(file.SafeFileHandle) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    public void Dispose() => file.Dispose();

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncData(SafeFileHandle file);
}
