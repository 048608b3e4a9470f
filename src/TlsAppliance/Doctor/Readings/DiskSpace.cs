namespace TlsAppliance.Doctor.Readings;

/// <summary>Room on the file system of a directory.</summary>
/// <param name="Directory">The directory, or the nearest above it that exists.</param>
/// <param name="Free">Bytes that this user may write.</param>
/// <param name="Total">Bytes in all.</param>
internal readonly record struct DiskSpace(string Directory, long Free, long Total)
{
    /// <exception cref="IOException">The file system does not answer.</exception>
    public static DiskSpace Of(string path)
    {
        string directory = Path.GetFullPath(path);
        while (!System.IO.Directory.Exists(directory) && Path.GetDirectoryName(directory) is { } parent)
        {
            directory = parent;
        }

        var drive = new DriveInfo(directory);
        return new DiskSpace(directory, drive.AvailableFreeSpace, drive.TotalSize);
    }
}
