using System.Diagnostics;
using System.Runtime.InteropServices;
using TlsAppliance.LoadTest.Send;
using TlsAppliance.Testing;

namespace TlsAppliance.Live.Tests.Wire;

/// <summary>
/// A network namespace of our own with one cable in it: what is sent on <see cref="Near"/> is captured on <see cref="Far"/>. Nothing else speaks there. Needs root; without it the
/// test is skipped, or fails where that is not allowed.
/// </summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    public const string Near = "near0", Far = "far0";

    /// <summary>Frames of this length are still sent.</summary>
    public const int Mtu = 9200;

    /// <summary>Frames that are on the way at most; the queue of a processor holds 1,000, of all that is sent there, and drops others.</summary>
    private const int OnTheWay = 64;

    private const int CloneNewNetwork = 0x40000000;
    private static readonly string[] s_tools = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"];
    private static int s_count;

    private NetworkNamespace(string name)
    {
        Name = name;
    }

    public string Name { get; }

    public static NetworkNamespace Create()
    {
        if (!Environment.IsPrivilegedProcess || !s_tools.Any(File.Exists))
        {
            const string reason = "needs root and iproute2";
            Assert.SkipUnless(RepositoryRoot.IsContinuousIntegration, reason);
            Assert.Fail(reason);
        }

        var created = new NetworkNamespace(FormattableString.Invariant($"tlsa-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}"));
        Ip("netns", "add", created.Name);
        try
        {
            created.In("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
            created.Plug();
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>Puts the cable in.</summary>
    public void Plug()
    {
        Ip("-n", Name, "link", "add", Near, "mtu", "9200", "type", "veth", "peer", "name", Far, "mtu", "9200");
        Ip("-n", Name, "link", "set", Near, "up", "arp", "off");
        Ip("-n", Name, "link", "set", Far, "up", "arp", "off");
    }

    /// <summary>Takes it away, with both interfaces.</summary>
    public void Unplug() => Ip("-n", Name, "link", "delete", Near);

    public void Set(string interfaceName, string state) => Ip("-n", Name, "link", "set", interfaceName, state);

    /// <summary>Runs a program there to its end.</summary>
    public void In(params string[] command) => Ip(["netns", "exec", Name, .. command]);

    /// <summary>Starts a program there.</summary>
    public Process Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", Name, program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["NO_COLOR"] = "1";
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Does this on a thread that is in the namespace.</summary>
    public void Run(Action action) => Run(() =>
    {
        action();
        return 0;
    });

    /// <inheritdoc cref="Run(Action)"/>
    public T Run<T>(Func<T> function)
    {
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter();
                result = function();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException("in the namespace: " + failure, failure);
    }

    /// <summary>Puts frames on the cable, as fast as they come out of it.</summary>
    public void Send(IEnumerable<byte[]> frames) => Run(() => Put(frames));

    /// <summary>The same on the calling thread, which is in the namespace. When this is back, all of them have come out of the other end.</summary>
    public static unsafe void Put(IEnumerable<byte[]> frames)
    {
        using var arrivals = new Arrivals();
        using var socket = new PacketSocket(Near);
        foreach (byte[] frame in frames)
        {
            fixed (byte* bytes = frame)
            {
                socket.Add(bytes, frame.Length);
                socket.Flush();
            }

            if (socket.Sent % OnTheWay == 0)
            {
                arrivals.Await(socket.Sent);
            }
        }

        Assert.Equal(0, socket.TooLong);
        arrivals.Await(socket.Sent);
    }

    public void Dispose() => Ip("netns", "delete", Name);

    private void Enter()
    {
        int descriptor = Open("/run/netns/" + Name, 0);
        int result = SetNamespace(descriptor, CloneNewNetwork);
        _ = Close(descriptor);
        Assert.True(result == 0, "setns: " + Marshal.GetLastPInvokeErrorMessage());
    }

    private static void Ip(params string[] arguments)
    {
        ToolProcess ran = ToolProcess.Run("ip", arguments);
        Assert.True(ran.ExitCode == 0, $"ip {string.Join(' ', arguments)}: {ran.Everything}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int kind);
}
