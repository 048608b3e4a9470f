using System.Globalization;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.LoadTest.Live;

/// <summary>
/// Lets each capture thread of a running program, together with one shard, use a share of a core and no more: on a machine of two cores, one of which the sender takes, what a second thread adds is
/// only seen when one has less than a core. By control groups, which hold threads in their first version. Needs root. To be disposed when the program has ended.
/// </summary>
internal sealed class CpuQuota : IDisposable
{
    private const string Controller = "/sys/fs/cgroup/cpu";

    /// <summary>Who has used up the share waits for the rest of this. Shorter, and each turn would begin with cold caches; longer, and a ring would have to hold more.</summary>
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(50);

    /// <summary>The kernel knows a thread by so many letters of its name.</summary>
    private const int LongestName = 15;

    private readonly List<string> _groups = [];

    /// <summary>False: there is no such controller here.</summary>
    public static bool IsPossible => File.Exists(Path.Combine(Controller, "cpu.cfs_quota_us"));

    /// <param name="process">A run of the appliance with as many shards as capture threads.</param>
    /// <param name="share">Of a core, for each pair.</param>
    public void Limit(int process, double share)
    {
        foreach ((int capture, int shard) in ThreadsOf(process, CaptureActor.Dispatcher).Zip(ThreadsOf(process, ShardActor.Dispatcher)))
        {
            string group = Path.Combine(Controller, string.Create(CultureInfo.InvariantCulture, $"load-{process}-{_groups.Count}"));
            Directory.CreateDirectory(group);
            _groups.Add(group);
            Write(group, "cpu.cfs_period_us", s_period.TotalMicroseconds);
            Write(group, "cpu.cfs_quota_us", s_period.TotalMicroseconds * share);
            Write(group, "tasks", capture);
            Write(group, "tasks", shard);
        }
    }

    public void Dispose()
    {
        foreach (string group in _groups)
        {
            Directory.Delete(group);
        }

        _groups.Clear();
    }

    private static void Write(string group, string file, double value) =>
        File.WriteAllText(Path.Combine(group, file), Math.Round(value).ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<int> ThreadsOf(int process, string name) =>
        Directory.GetDirectories($"/proc/{process}/task")
            .Where(task => File.ReadAllText(Path.Combine(task, "comm")).Trim() == name[..Math.Min(name.Length, LongestName)])
            .Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture))
            .Order();
}
