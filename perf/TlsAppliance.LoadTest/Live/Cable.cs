using System.Diagnostics;

namespace TlsAppliance.LoadTest.Live;

/// <summary>A network namespace with a veth pair in it: what is sent on one end is captured on the other, and nothing else speaks there. Needs root.</summary>
internal sealed class Cable : IDisposable
{
    public const string SendingEnd = "near0", CapturingEnd = "far0";

    private const string Backlog = "/proc/sys/net/core/netdev_max_backlog";

    /// <summary>Frames that a CPU's queue takes before it drops them; the usual 1,000 is for a host that answers.</summary>
    private const string LargeBacklog = "50000";

    private readonly string _name = FormattableString.Invariant($"load-{Environment.ProcessId}");
    private readonly string _backlogBefore = File.ReadAllText(Backlog).Trim();

    public Cable()
    {
        File.WriteAllText(Backlog, LargeBacklog);
        Do("ip", "netns", "add", _name);
        Do([.. Enter, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1"]);
        Do("ip", "-n", _name, "link", "add", SendingEnd, "mtu", "9200", "type", "veth", "peer", "name", CapturingEnd, "mtu", "9200");
        Do("ip", "-n", _name, "link", "set", SendingEnd, "up", "arp", "off");
        Do("ip", "-n", _name, "link", "set", CapturingEnd, "up", "arp", "off");
    }

    /// <summary>What to put before a command that is to run there.</summary>
    public IReadOnlyList<string> Enter => ["ip", "netns", "exec", _name];

    public void Dispose()
    {
        Do("ip", "netns", "delete", _name);
        File.WriteAllText(Backlog, _backlogBefore);
    }

    private static void Do(params IReadOnlyList<string> command)
    {
        using Process process = Process.Start(command[0], command.Skip(1));
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}");
        }
    }
}
