using System.Runtime.InteropServices;

namespace TlsAppliance.Commands;

/// <summary>
/// On one core a replay is batch work to the kernel (SCHED_BATCH): a thread that wakes another one keeps the core until it has to wait itself, so that there is one switch between reader, shard and
/// sink for many batches instead of one for each. With a second core it is not: there a thread that was woken should run at once.
/// </summary>
internal static partial class BatchScheduling
{
    /// <summary>SCHED_BATCH.</summary>
    private const int Batch = 3;

    /// <summary>For the calling thread, and for those that it starts from now on. Only a hint: where it is refused, everything goes on as before.</summary>
    public static void Begin()
    {
        if (OperatingSystem.IsLinux())
        {
            int priority = 0;
            _ = SetScheduling(CurrentThread(), Batch, ref priority);
        }
    }

    // The C library's own call: it remembers the policy and hands it on to new threads, where the bare system call would be undone for those of a thread other than the first.
    [LibraryImport("libc", EntryPoint = "pthread_setschedparam")]
    private static partial int SetScheduling(nint thread, int policy, ref int priority);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint CurrentThread();
}
