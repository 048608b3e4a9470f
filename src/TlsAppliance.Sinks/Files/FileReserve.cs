using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TlsAppliance.Sinks.Files;

/// <summary>
/// Has the file system set places on the disk aside for a file that grows fast, in large pieces: otherwise it looks for one for every 4 KiB, which is two fifths of what a write costs (ext4). The
/// length of the file stays what was written. It is only a hint: where it is refused, writes find their places as ever.
/// </summary>
internal sealed partial class FileReserve
{
    /// <summary>A file that is smaller may stay so: nothing is set aside for it.</summary>
    public const long FirstBytes = 1 << 20;

    /// <summary>Set aside at once.</summary>
    public const long PieceBytes = 8 << 20;

    /// <summary>FALLOC_FL_KEEP_SIZE.</summary>
    private const int KeepSize = 1;

    private long _end;
    private bool _isRefused;

    /// <summary>So many bytes are about to be written at the place.</summary>
    public void Prepare(FileStream file, long place, int bytes)
    {
        if (place < FirstBytes || place + bytes <= _end || _isRefused || !OperatingSystem.IsLinux())
        {
            return;
        }

        _isRefused = Allocate(file.SafeFileHandle, KeepSize, (nint)place, (nint)(bytes + PieceBytes)) != 0;
        _end = place + bytes + PieceBytes;
    }

    /// <summary>The file is complete: what is left goes back to the disk.</summary>
    public void GiveBack(FileStream file)
    {
        if (_end == 0)
        {
            return;
        }

        _end = 0;
        try
        {
            file.SetLength(file.Length);
        }
        catch (IOException)
        {
            // Then the disk keeps it for the file.
        }
    }

    [LibraryImport("libc", EntryPoint = "fallocate")]
    private static partial int Allocate(SafeFileHandle file, int mode, nint offset, nint length);
}
