using System.ComponentModel;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TlsAppliance.Testing.Wires;

/// <summary>
/// A wire of one test: two network namespaces of their own, joined by a veth pair without offloads. <see cref="SensorDevice"/> is where the appliance listens,
/// <see cref="SenderDevice"/> where a load is put on. Both namespaces are gone afterwards. Needs root and iproute2.
/// </summary>
public sealed partial class VethWire : IDisposable
{
    public const string SensorDevice = "span0";
    public const string SenderDevice = "tap0";

    /// <summary>Room for the jumbo frames of the corpus.</summary>
    private const int Mtu = 9200;

    private const int CreateNetwork = 0x40000000; // CLONE_NEWNET

    private static int s_count;

    private VethWire()
    {
        string name = FormattableString.Invariant($"tlsa-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}");
        (Sensor, Sender) = (name + "-s", name + "-w");
    }

    /// <summary>Namespace of the sensor.</summary>
    public string Sensor { get; }

    /// <summary>Namespace of whoever sends.</summary>
    public string Sender { get; }

    /// <summary>Null with the reason where there are no namespaces to be had: a skip in a visitor's clone, a failure in continuous integration.</summary>
    public static VethWire? TryCreate(out string reason)
    {
        reason = EffectiveUser() != 0 ? "network namespaces need root" : "";
        if (reason.Length == 0)
        {
            var wire = new VethWire();
            try
            {
                wire.Build();
                return wire;
            }
            catch (Exception failure) when (failure is InvalidOperationException or Win32Exception)
            {
                wire.Dispose();
                reason = "no network namespaces here: " + failure.Message;
            }
        }

        return RepositoryRoot.IsContinuousIntegration ? throw new InvalidOperationException(reason) : null;
    }

    /// <summary>The words before a command that run it in a namespace.</summary>
    public static string[] Within(string networkNamespace) => ["ip", "netns", "exec", networkNamespace];

    /// <summary>Runs a program to its end in a namespace.</summary>
    public static ToolProcess Run(string networkNamespace, string program, params string[] arguments) =>
        ToolProcess.Run("ip", ["netns", "exec", networkNamespace, program, .. arguments]);

    /// <summary>Runs code on a thread of its own whose sockets belong to a namespace.</summary>
    public static T Enter<T>(string networkNamespace, Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using SafeFileHandle file = File.OpenHandle("/run/netns/" + networkNamespace);
                if (EnterNamespace(file, CreateNetwork) != 0)
                {
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                }

                result = work();
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>Puts a capture onto the wire, as fast as it goes.</summary>
    /// <returns>Frames sent.</returns>
    public int Replay(string capture)
    {
        const string Count = "Successful packets:";
        ToolProcess sent = Run(Sender, "tcpreplay", "--topspeed", "--intf1", SenderDevice, capture);
        string? line = sent.Output.Split('\n').FirstOrDefault(candidate => candidate.Trim().StartsWith(Count, StringComparison.Ordinal));
        return line is not null ? int.Parse(line.Trim()[Count.Length..], CultureInfo.InvariantCulture) : throw new InvalidOperationException(sent.Everything);
    }

    private void Build()
    {
        Ip("netns", "add", Sensor);
        Ip("netns", "add", Sender);
        string mtu = FormattableString.Invariant($"{Mtu}");
        Ip("-n", Sensor, "link", "add", SensorDevice, "mtu", mtu, "type", "veth", "peer", "name", SenderDevice, "mtu", mtu, "netns", Sender);
        foreach ((string space, string device) in new[] { (Sensor, SensorDevice), (Sender, SenderDevice) })
        {
            // Nothing but what a test sends may be on the wire: no router solicitation, no multicast listener report.
            Run(space, "sysctl", "-q", "-w", FormattableString.Invariant($"net.ipv6.conf.{device}.disable_ipv6=1"));
            Run(space, "ethtool", "-K", device, "gro", "off", "gso", "off", "tso", "off", "rx", "off", "tx", "off", "rxvlan", "off", "txvlan", "off");
            Ip("-n", space, "link", "set", device, "up");
        }
    }

    private static void Ip(params string[] arguments)
    {
        ToolProcess done = ToolProcess.Run("ip", arguments);
        if (done.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {done.Errors.Trim()}");
        }
    }

    public void Dispose()
    {
        ToolProcess.Run("ip", ["netns", "delete", Sensor]);
        ToolProcess.Run("ip", ["netns", "delete", Sender]);
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int EnterNamespace(SafeFileHandle descriptor, int kind);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
