using System.Globalization;

namespace TlsAppliance.Reports;

/// <summary>Measures from its making to <see cref="Measure"/>.</summary>
internal sealed class ProcessUsageMeter
{
    private const string StatusPath = "/proc/self/status";
    private const string PeakField = "VmHWM:";

    private readonly Environment.ProcessCpuUsage _cpu = Environment.CpuUsage;
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly int[] _collections = Collections();
    private readonly TimeSpan _paused = GC.GetTotalPauseDuration();
    private readonly CollectionPauses _pauses = new();

    public ProcessUsage Measure()
    {
        Environment.ProcessCpuUsage cpu = Environment.CpuUsage;
        int[] collections = Collections();
        for (int generation = 0; generation < collections.Length; generation++)
        {
            collections[generation] -= _collections[generation];
        }

        return new ProcessUsage(
            cpu.UserTime - _cpu.UserTime,
            cpu.PrivilegedTime - _cpu.PrivilegedTime,
            cpu.UserTime,
            cpu.PrivilegedTime,
            PeakResidentBytes(),
            GC.GetTotalAllocatedBytes() - _allocated,
            collections,
            GC.GetTotalPauseDuration() - _paused,
            _pauses.End());
    }

    private static int[] Collections()
    {
        int[] collections = new int[GC.MaxGeneration + 1];
        for (int generation = 0; generation < collections.Length; generation++)
        {
            collections[generation] = GC.CollectionCount(generation);
        }

        return collections;
    }

    /// <summary>As the kernel tells it (proc(5), <c>VmHWM</c>); the framework's class for processes reads a dozen files for it. Elsewhere what is resident now.</summary>
    private static long PeakResidentBytes()
    {
        if (File.Exists(StatusPath))
        {
            foreach (string line in File.ReadLines(StatusPath))
            {
                if (line.StartsWith(PeakField, StringComparison.Ordinal))
                {
                    return long.Parse(line.AsSpan(PeakField.Length).TrimEnd("kB"), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
                }
            }
        }

        return Environment.WorkingSet;
    }
}
