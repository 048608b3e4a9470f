using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Inputs;

/// <summary>
/// Kind and identity of a file without opening it. .NET tells neither a pipe from an empty file nor two names of one directory, and opening a
/// pipe to find out would wait for its writer, so Linux is asked with <c>statx</c>; elsewhere the file system classes must do.
/// </summary>
/// <param name="Kind">What the path leads to.</param>
/// <param name="Identity">Equal for two names of the same file.</param>
/// <param name="Length">Bytes of a regular file, else <see cref="CaptureInput.UnknownLength"/>.</param>
internal readonly partial record struct FileStatus(FileKind Kind, string Identity, long Length)
{
    // struct statx of linux/stat.h; the same on every architecture.
    private const int StatxLength = 256;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int SizeOffset = 40;
    private const int DeviceMajorOffset = 136;
    private const int DeviceMinorOffset = 140;

    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    private const int PermissionDenied = 13; // EACCES

    private const int TypeMask = 0xf000; // S_IFMT
    private const int RegularType = 0x8000; // S_IFREG
    private const int DirectoryType = 0x4000; // S_IFDIR

    public static FileStatus Of(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return new FileStatus(FileKind.Missing, path, CaptureInput.UnknownLength);
        }

        return OperatingSystem.IsLinux() ? OfLinux(path) : OfOthers(path);
    }

    private static FileStatus OfLinux(string path)
    {
        Span<byte> status = stackalloc byte[StatxLength];
        if (Statx(CurrentDirectory, path, flags: 0, BasicStats, ref MemoryMarshal.GetReference(status)) != 0)
        {
            FileKind failure = Marshal.GetLastPInvokeError() == PermissionDenied ? FileKind.Denied : FileKind.Missing;
            return new FileStatus(failure, path, CaptureInput.UnknownLength);
        }

        return FromStatx(status);
    }

    private static FileStatus FromStatx(ReadOnlySpan<byte> status)
    {
        uint major = MemoryMarshal.Read<uint>(status[DeviceMajorOffset..]);
        uint minor = MemoryMarshal.Read<uint>(status[DeviceMinorOffset..]);
        ulong inode = MemoryMarshal.Read<ulong>(status[InodeOffset..]);
        FileKind kind = (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeMask) switch
        {
            RegularType => FileKind.Regular,
            DirectoryType => FileKind.Directory,
            _ => FileKind.Special,
        };
        long length = kind == FileKind.Regular ? MemoryMarshal.Read<long>(status[SizeOffset..]) : CaptureInput.UnknownLength;
        return new FileStatus(kind, FormattableString.Invariant($"{major}:{minor}:{inode}"), length);
    }

    private static FileStatus OfOthers(string path)
    {
        string identity = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            return new FileStatus(FileKind.Directory, identity, CaptureInput.UnknownLength);
        }

        FileInfo file = new(path);
        return file.Exists
            ? new FileStatus(FileKind.Regular, identity, file.Length)
            : new FileStatus(FileKind.Missing, identity, CaptureInput.UnknownLength);
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte status);
}
