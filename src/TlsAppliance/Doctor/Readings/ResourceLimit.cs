using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TlsAppliance.Doctor.Readings;

/// <summary>Limits of the process.</summary>
internal static partial class ResourceLimit
{
    private const int OpenFilesResource = 7; // RLIMIT_NOFILE

    /// <summary>The hard limit of open files; <see cref="ulong.MaxValue"/> when there is none.</summary>
    /// <exception cref="Win32Exception">The kernel does not tell.</exception>
    public static ulong OpenFiles()
    {
        Span<ulong> limits = stackalloc ulong[2];
        return GetLimit(OpenFilesResource, ref MemoryMarshal.GetReference(limits)) == 0 ? limits[1] : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, ref ulong limits);
}
