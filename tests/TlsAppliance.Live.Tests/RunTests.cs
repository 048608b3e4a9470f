using System.Text.Json;
using TlsAppliance.Live.Tests.Wire;
using TlsAppliance.Testing;

namespace TlsAppliance.Live.Tests;

/// <summary>The program as a user runs it, on an interface of its own.</summary>
public sealed class RunTests : IDisposable
{
    private const int CannotCapture = 77;

    private readonly NetworkNamespace _network = NetworkNamespace.Create();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _network.Dispose();
    }

    [Theory]
    [InlineData("af_packet", 1)]
    [InlineData("pcap", 2)]
    public void A_stop_drains_what_came_and_tells_every_frame(string type, int threads)
    {
        using var run = new Running(_network, _folder, "--type", type, "-E", $"packetbeat.interfaces.threads={threads}");
        _network.Send(Enumerable.Range(0, 3000).Select(number => Sample.Tcp(number, number, fromClient: number % 2 == 0)));
        JsonElement summary = run.Stop("TERM");

        Assert.Equal(3000, summary.GetProperty("frames").GetInt64());
        Assert.Equal(3000, summary.GetProperty("captures").EnumerateArray().Sum(capture => capture.GetProperty("received").GetInt64()));
        Assert.All(summary.GetProperty("residuals").EnumerateObject(), residual => Assert.Equal(0, residual.Value.GetInt64()));
    }

    /// <summary>As timeout(1) sends it: to the process and to its group.</summary>
    [Fact]
    public void A_signal_that_comes_twice_at_once_is_one()
    {
        using var run = new Running(_network, _folder);
        Assert.Equal(0, run.Stop("TERM {0}").GetProperty("frames").GetInt64());
    }

    /// <summary>USR1 does nothing to Packetbeat, and USR2 makes Suricata read its rules again.</summary>
    [Fact]
    public void A_signal_that_others_take_ends_nothing()
    {
        using var run = new Running(_network, _folder);
        run.Signal("USR1");
        run.Signal("USR2");
        run.AwaitError("reload: ");
        _network.Send([Sample.Frame(1)]);
        Assert.Equal(1, run.Stop("TERM").GetProperty("frames").GetInt64());
    }

    [Fact]
    public void An_interface_that_comes_back_is_captured_again_and_nothing_leaks()
    {
        int cycles = Soak.Count(3, 50);
        using var run = new Running(_network, _folder);
        int threads = 0;
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            _network.Unplug();

            // Which failure is told depends on who looks first: the ring, or the next attempt to open one.
            run.AwaitError("it is opened again when it is back");
            _network.Plug();
            run.AwaitError("far0: captured again");
            _network.Send(Enumerable.Range(0, 100).Select(number => Sample.Frame(number)));
            threads = cycle == 0 ? run.Threads : threads;
        }

        // The thread of the last capture but one may still be on its way out.
        Running.Await(() => run.Threads <= threads, () => $"{run.Threads} threads, {threads} after the first cycle");
        JsonElement summary = run.Stop("TERM");
        JsonElement capture = Assert.Single(summary.GetProperty("captures").EnumerateArray());
        Assert.Equal(100 * cycles, summary.GetProperty("frames").GetInt64());
        Assert.InRange(capture.GetProperty("failures").GetInt32(), cycles, int.MaxValue);
        Assert.True(capture.GetProperty("down_seconds").GetDouble() > 0);
    }

    [Theory]
    [InlineData("af_packet")]
    [InlineData("pcap")]
    public void An_interface_that_is_set_down_and_up_is_captured_again(string type)
    {
        using var run = new Running(_network, _folder, "--type", type);
        _network.Set(NetworkNamespace.Far, "down");
        run.AwaitError("opened again when it is back");
        _network.Set(NetworkNamespace.Far, "up");
        run.AwaitError("captured again");
        _network.Send([Sample.Frame(1)]);
        Assert.Equal(1, run.Stop("INT").GetProperty("frames").GetInt64());
    }

    [Theory]
    [InlineData("af_packet")]
    [InlineData("pcap")]
    public void Without_the_capability_it_tells_how_to_get_it(string type)
    {
        ToolProcess run = InNamespace(["setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all", .. Program, "--type", type]);
        Assert.Equal(CannotCapture, run.ExitCode);
        Assert.Contains("CAP_NET_RAW", run.Errors, StringComparison.Ordinal);
        Assert.Contains("setcap cap_net_raw+ep", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("af_packet")]
    [InlineData("pcap")]
    public void The_capability_alone_is_enough(string type)
    {
        ToolProcess run = InNamespace(
        [
            "setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps=+net_raw", "--ambient-caps=+net_raw", "--bounding-set=-all,+net_raw", "--no-new-privs",
            .. Program, "--type", type, "--duration", "100ms",
        ]);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [Theory]
    [InlineData(77, "there are far0, lo, near0", "-i", "eth7")]
    [InlineData(78, "not a filter", "-i", "far0", "--bpf", "tcp prot 443")]
    [InlineData(78, "cannot read the filter", "-i", "far0", "--bpf", "@nowhere.bpf")]
    public void What_cannot_be_is_told_at_once(int code, string text, params string[] arguments)
    {
        ToolProcess run = InNamespace(["dotnet", "exec", Running.Dll, "run", "-o", "none", .. arguments]);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(text, run.Errors, StringComparison.Ordinal);
    }

    private static string[] Program => ["dotnet", "exec", Running.Dll, "run", "-o", "none", "-i", NetworkNamespace.Far];

    private ToolProcess InNamespace(params string[] command) => ToolProcess.Run("ip", ["netns", "exec", _network.Name, .. command]);
}
