using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>A directory of the file system. It and its files are their owner's alone.</summary>
internal sealed partial class DirectoryFiles(string path) : IQueueFiles
{
    /// <summary>O_RDONLY | O_DIRECTORY | O_CLOEXEC of Linux.</summary>
    private const int OpenDirectory = 0x10000 | 0x80000;

    /// <summary>EINVAL.</summary>
    private const int InvalidArgument = 22;

    /// <summary>EROFS.</summary>
    private const int ReadOnlyFileSystem = 30;

    public IReadOnlyList<(string Name, long Length)> List()
    {
        var directory = new DirectoryInfo(path);
        return directory.Exists ? [.. directory.EnumerateFiles().Select(file => (file.Name, file.Length))] : [];
    }

    public IQueueFile Create(string name)
    {
        OwnedFiles.MakeDirectory(path);
        string file = Path.Combine(path, name);
        return new DirectoryFile(OwnedFiles.Open(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
    }

    public IQueueFile Open(string name, bool writable) => new DirectoryFile(OwnedFiles.Open(
        Path.Combine(path, name),
        FileMode.Open,
        writable ? FileAccess.ReadWrite : FileAccess.Read,
        FileShare.ReadWrite | FileShare.Delete));

    public void Delete(string name) => File.Delete(Path.Combine(path, name));

    public void SyncDirectory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using SafeFileHandle directory = OpenPath(path, OpenDirectory, 0);
        if (directory.IsInvalid || SyncHandle(directory) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error is InvalidArgument or ReadOnlyFileSystem)
            {
                // A file system that knows no sync of directories, or never changes, needs none.
                return;
            }

            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenPath(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncHandle(SafeFileHandle file);
}
