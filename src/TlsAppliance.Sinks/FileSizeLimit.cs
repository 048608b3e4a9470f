using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TlsAppliance.Sinks;

/// <summary>
/// The limit that a process may have for the size of its files (<c>ulimit -f</c>, <c>LimitFSIZE=</c>). A write beyond it is a write that failed, as on a full disk: not the
/// end of the process by SIGXFSZ, and not the <see cref="ArgumentOutOfRangeException"/> that .NET makes of EFBIG.
/// </summary>
internal static class FileSizeLimit
{
    /// <summary>SIGXFSZ of Linux and macOS.</summary>
    private const PosixSignal FileSizeExceeded = (PosixSignal)25;

    /// <summary>EFBIG.</summary>
    private const int FileTooLarge = 27;

    private static readonly PosixSignalRegistration? s_taken = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileSizeExceeded, signal => signal.Cancel = true);

    /// <summary>From the first call on the signal does nothing.</summary>
    public static void TakeSignal() => _ = s_taken;

    /// <exception cref="IOException">It could not be written in full.</exception>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(file, bytes, offset);
        }
        catch (ArgumentOutOfRangeException failure)
        {
            throw TooLarge(failure);
        }
    }

    /// <inheritdoc cref="Write(SafeFileHandle, ReadOnlySpan{byte}, long)"/>
    public static void Write(Stream file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Write(bytes);
        }
        catch (ArgumentOutOfRangeException failure)
        {
            throw TooLarge(failure);
        }
    }

    private static IOException TooLarge(ArgumentOutOfRangeException failure) => new("File too large", failure) { HResult = FileTooLarge };
}
