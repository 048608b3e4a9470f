namespace TlsAppliance.Reports;

/// <summary>What a replay cost this process.</summary>
/// <param name="User">CPU time in user mode, during the replay.</param>
/// <param name="System">CPU time in the kernel, during the replay.</param>
/// <param name="ProcessUser">The same since the process began, with start-up and compilation.</param>
/// <param name="ProcessSystem">The same in the kernel.</param>
/// <param name="PeakResidentBytes">Most memory that the process ever had.</param>
/// <param name="AllocatedBytes">Managed memory allocated during the replay.</param>
/// <param name="Collections">Garbage collections during the replay, by generation.</param>
/// <param name="Paused">Time that these kept all threads waiting, together.</param>
/// <param name="LongestPause">The longest of these waits.</param>
internal sealed record ProcessUsage(
    TimeSpan User,
    TimeSpan System,
    TimeSpan ProcessUser,
    TimeSpan ProcessSystem,
    long PeakResidentBytes,
    long AllocatedBytes,
    IReadOnlyList<int> Collections,
    TimeSpan Paused,
    TimeSpan LongestPause);
