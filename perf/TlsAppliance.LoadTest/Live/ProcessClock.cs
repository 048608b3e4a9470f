using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TlsAppliance.LoadTest.Live;

/// <summary>
/// CPU time of another process to the nanosecond, as clock_getcpuclockid(3) has it: in user mode and in the kernel, of all threads that it ever had. The sum over its present threads would lack those that ended
/// meanwhile, and the ticks of /proc/PID/stat are too coarse for a pass of two seconds.
/// </summary>
internal static partial class ProcessClock
{
    /// <summary>The kernel's clock of what a process has used (CPUCLOCK_SCHED), behind its complemented number.</summary>
    private const int UsedByProcess = 2, BitsOfKind = 3;

    private const double NanosecondsPerSecond = 1e9;

    public static double Seconds(int process) => GetTime((~process << BitsOfKind) | UsedByProcess, out TimeSpec time) == 0
        ? time.Seconds + time.Nanoseconds / NanosecondsPerSecond
        : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
