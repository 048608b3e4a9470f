namespace TlsAppliance.Sinks;

/// <summary>Files and directories that are their owner's alone: events tell who talks to whom.</summary>
internal static class OwnedFiles
{
    public const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the directory and those above it that are missing.</summary>
    public static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FileMode600 | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Opens without a buffer. A file that is made gets the mode.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, UnixFileMode permissions = FileMode600)
    {
        FileSizeLimit.TakeSignal();
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = permissions;
        }

        return new FileStream(path, options);
    }
}
