using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>
/// How a load lies in the page cache decides what its copy costs: as it was written, page by page, up to four times as much as when it was read ahead in large pieces, as
/// a capture is that somebody replays. All contestants pay it, and the faster ones more of it.
/// </summary>
internal static partial class PageCache
{
    /// <summary>POSIX_FADV_DONTNEED of Linux.</summary>
    private const int DoNotNeed = 4;

    private const int BufferBytes = 1 << 20;

    /// <summary>Drops the file from the cache, and reads it.</summary>
    public static void ReadAnew(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);

        // Only what is on the disk can be dropped. Where neither works, the figures say less, and nothing else is wrong.
        _ = Sync(file);
        _ = Advise(file, 0, 0, DoNotNeed);
        var buffer = new byte[BufferBytes];
        int read;
        for (long offset = 0; (read = RandomAccess.Read(file, buffer, offset)) > 0; offset += read)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
