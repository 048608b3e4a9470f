using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Tests;

/// <summary>Runs something as a user whom file permissions hold back, also when the tests run as root (setfsuid(2), which is the thread's own).</summary>
internal static partial class OrdinaryUser
{
    private const uint Nobody = 65534;

    public static T Run<T>(Func<T> action)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return action();
        }

        T result = default!;
        var thread = new Thread(() =>
        {
            _ = SetFileSystemUser(Nobody);
            result = action();
        });
        thread.Start();
        thread.Join();
        return result;
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(uint user);
}
