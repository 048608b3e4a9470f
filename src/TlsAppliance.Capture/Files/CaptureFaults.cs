using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Files;

/// <summary>The faults of inputs that the file system or a decompressor tells of, each as one phrase.</summary>
internal static class CaptureFaults
{
    public const string Empty = "the file is empty";
    public const string NoCapture = "not a capture file (neither pcap nor pcapng)";
    public const string NoSuchFile = "no such file or directory";
    public const string NoMatch = "nothing matches this pattern";
    public const string PermissionDenied = "permission denied";

    /// <summary>Value of <see cref="CaptureFault.Offset"/> when nothing could be read.</summary>
    private const long NoOffset = -1;

    public static CaptureFault NotOpened(string path, string reason) => new(path, NoOffset, reason);

    public static CaptureFault NotOpened(string path, Exception error) => NotOpened(path, Describe(error));

    public static CaptureFault NotRead(string path, long offset, Compression compression, Exception error) =>
        new(path, offset, compression == Compression.None ? Describe(error) : $"the {compression.Name()} data is damaged or ends early");

    private static string Describe(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => NoSuchFile,
        UnauthorizedAccessException => PermissionDenied,
        _ => $"cannot be read: {error.Message}",
    };
}
