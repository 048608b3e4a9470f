using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TlsAppliance.Doctor.Readings;

/// <summary>What the kernel thinks of its clock (<c>adjtimex</c>); asking changes nothing and needs no privilege.</summary>
/// <param name="IsSynchronised">A time service keeps it right.</param>
/// <param name="MaximumError">How far off it is at most.</param>
internal readonly partial record struct KernelClock(bool IsSynchronised, TimeSpan MaximumError)
{
    // struct timex of linux/timex.h on 64-bit systems.
    private const int Length = 208;
    private const int MaximumErrorOffset = 24;
    private const int StatusOffset = 40;

    private const int Unsynchronised = 0x40; // STA_UNSYNC
    private const int ClockError = 5; // TIME_ERROR

    /// <exception cref="Win32Exception">The kernel does not tell.</exception>
    public static KernelClock Read()
    {
        Span<byte> clock = stackalloc byte[Length];
        clock.Clear();
        int state = AdjustTime(ref MemoryMarshal.GetReference(clock));
        if (state < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        long error = MemoryMarshal.Read<long>(clock[MaximumErrorOffset..]);
        int status = MemoryMarshal.Read<int>(clock[StatusOffset..]);
        return new KernelClock(state != ClockError && (status & Unsynchronised) == 0, TimeSpan.FromMicroseconds(error));
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int AdjustTime(ref byte clock);
}
