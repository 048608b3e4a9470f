using System.Diagnostics;

namespace TlsAppliance.Reports;

/// <summary>Measures from its making to <see cref="Measure"/>.</summary>
internal sealed class ProcessUsageMeter
{
    private readonly Environment.ProcessCpuUsage _cpu = Environment.CpuUsage;
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly int[] _collections = Collections();
    private readonly TimeSpan _paused = GC.GetTotalPauseDuration();
    private readonly CollectionPauses _pauses = new();

    public ProcessUsage Measure()
    {
        Environment.ProcessCpuUsage cpu = Environment.CpuUsage;
        using var process = Process.GetCurrentProcess();
        return new ProcessUsage(
            cpu.UserTime - _cpu.UserTime,
            cpu.PrivilegedTime - _cpu.PrivilegedTime,
            cpu.UserTime,
            cpu.PrivilegedTime,
            process.PeakWorkingSet64,
            GC.GetTotalAllocatedBytes() - _allocated,
            [.. Collections().Zip(_collections, (now, before) => now - before)],
            GC.GetTotalPauseDuration() - _paused,
            _pauses.End());
    }

    private static int[] Collections() => [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount)];
}
