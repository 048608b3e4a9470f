using TlsAppliance.Packaging.Tests.Machines;
using TlsAppliance.Packaging.Tests.Units;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Wires;

namespace TlsAppliance.Packaging.Tests;

/// <summary>The Debian package on a copy of this machine: installed, run as its unit runs it, removed.</summary>
public class PackageTests(PackageBuild build)
{
    private const string Package = "/package";

    private static readonly string s_capture = Directory.EnumerateFiles(RepositoryRoot.Combine("replay-corpus", "tls13-full"), "input.pcap*").Single();

    /// <summary>Where dpkg, the account tools and the manual's index keep their own books.</summary>
    private static readonly string[] s_books = ["/var/lib/dpkg/", "/var/log/", "/var/cache/", "/etc/.pwd.lock", "/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/subuid", "/etc/subgid"];

    /// <summary>For what ends by itself on a machine with other things to do. Whether a stop kept its own ten seconds is told by its exit code.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private static readonly string[] s_accounts = ["/etc/passwd", "/etc/group", "/etc/shadow", "/etc/gshadow"];

    [Fact]
    public void Installs_without_starting_and_removes_without_a_trace()
    {
        using MachineCopy? machine = MachineCopy.TryCreate(out string reason, (build.Folder, Package));
        Assert.SkipWhen(machine is null, reason);
        string root = machine.Do("stat -c '%a %U %G' / /etc /usr /usr/bin");

        Install(machine);

        Assert.Equal(root, machine.Do("stat -c '%a %U %G' / /etc /usr /usr/bin"));
        Assert.Equal("ii ", machine.Do("dpkg-query -W -f '${db:Status-Abbrev}' tls-appliance"));
        Assert.Equal("640 root tls-appliance\n", machine.Do("stat -c '%a %U %G' /etc/tls-appliance/tls-appliance.yml"));
        Assert.Matches("^tls-appliance:[^:]*:[0-9]+:[0-9]+:[^:]*:/var/lib/tls-appliance:[^:]*/nologin\n$", machine.Do("getent passwd tls-appliance"));
        Assert.Equal("", machine.Do("dpkg --verify tls-appliance"));
        Assert.StartsWith("tls-appliance ", machine.Do("cd / && setpriv --reuid nobody --clear-groups tls-appliance version"), StringComparison.Ordinal);
        Assert.Contains("TLS\\-APPLIANCE", machine.Do("zcat /usr/share/man/man1/tls-appliance.1.gz"), StringComparison.Ordinal);
        Assert.Contains("replay", machine.Do("source /usr/share/bash-completion/completions/tls-appliance; COMP_WORDS=(tls-appliance re); COMP_CWORD=1; _tls_appliance; echo ${COMPREPLY[@]}"), StringComparison.Ordinal);
        Assert.Equal("", machine.Do("find /usr/lib/tls-appliance -perm /022"));

        // An operator's change of the configuration outlives a removal, as that of every conffile does.
        machine.Do("echo 'name: mine' >> /etc/tls-appliance/tls-appliance.yml && dpkg --remove tls-appliance 2>&1");
        Assert.Contains("name: mine", machine.Do("cat /etc/tls-appliance/tls-appliance.yml"), StringComparison.Ordinal);
        Assert.NotEqual(0, machine.Run("command -v tls-appliance").ExitCode);

        machine.Do("dpkg --purge tls-appliance 2>&1");
        Assert.NotEqual(0, machine.Run("getent passwd tls-appliance || getent group tls-appliance").ExitCode);
        Assert.Empty(machine.Changes().Where(path => !s_books.Any(book => path.StartsWith(book, StringComparison.Ordinal))).Except(s_accounts));
        Assert.All(s_accounts, file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(machine.Outside(file))));
    }

    [Fact]
    public void Runs_under_the_restrictions_of_its_unit_and_drains_on_a_stop()
    {
        using var notify = new NotifyListener();
        using VethWire? wire = VethWire.TryCreate(out string missing);
        Assert.SkipWhen(wire is null, missing);
        using MachineCopy? machine = MachineCopy.TryCreate(out string reason, (build.Folder, Package), (notify.Folder, "/notify"));
        Assert.SkipWhen(machine is null, reason);
        Install(machine);
        machine.Do($"echo 'packetbeat.interfaces.device: {VethWire.SensorDevice}' >> /etc/tls-appliance/tls-appliance.yml");
        UnitFile unit = UnitFile.Load(machine.Outside("/usr/lib/systemd/system/tls-appliance.service"));

        using RunningService service = machine.Start(wire.Sensor, UnitSandbox.Script(unit, "/notify/socket", watchdog: 1_000_000));
        Assert.True(notify.WaitFor("READY=1", () => service.HasEnded), $"not ready: {service.Said}");

        // What the kernel says of it, apart from what the script asked for.
        string status = File.ReadAllText($"/proc/{service.Id}/status");
        Assert.Contains("CapEff:\t0000000000002000\n", status, StringComparison.Ordinal);
        Assert.Contains("CapBnd:\t0000000000002000\n", status, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1\n", status, StringComparison.Ordinal);
        Assert.DoesNotContain("Uid:\t0\t", status, StringComparison.Ordinal);

        int frames = wire.Replay(s_capture);
        Assert.True(notify.WaitFor(FormattableString.Invariant($"\\b{frames:N0} frames"), () => service.HasEnded), "the frames did not come");
        Assert.True(notify.WaitFor("WATCHDOG=1", () => service.HasEnded), "no watchdog");
        ToolProcess.Run("kill", ["-TERM", $"{service.Id}"]);
        Assert.True(service.WaitForEnd(s_patience), "did not end");

        Assert.True(service.ExitCode == 0, service.Said);
        Assert.True(notify.WaitFor("STOPPING=1", () => true), "the stop was not told");
        string[] events = machine.Do("cat /var/lib/tls-appliance/events/*.ndjson").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(events);
        Assert.All(events, line => Assert.Contains("\"tls\":{", line, StringComparison.Ordinal));
        Assert.Equal("600 tls-appliance\n", machine.Do("stat -c '%a %U' /var/lib/tls-appliance/events/*.ndjson"));
    }

    /// <summary>A look at the wire: it captures as a run does, with what the unit leaves it.</summary>
    private const string Look = $"/usr/bin/tls-appliance test capture -i {VethWire.SensorDevice} --duration 2s --json";

    /// <summary>The filter itself needs systemd; what it would stop is told by the calls that the program makes.</summary>
    [Fact]
    public void Makes_no_system_call_that_its_unit_forbids()
    {
        Assert.SkipUnless(SystemTool.IsThere("strace", out string tracer) && SystemTool.IsThere("systemd-analyze", out tracer), tracer);
        using var folder = new TemporaryFolder();
        using VethWire? wire = VethWire.TryCreate(out string missing);
        Assert.SkipWhen(wire is null, missing);
        using MachineCopy? machine = MachineCopy.TryCreate(out string reason, (build.Folder, Package), (folder.Path, "/notify"));
        Assert.SkipWhen(machine is null, reason);
        Install(machine);
        UnitFile unit = UnitFile.Load(UnitFileTests.Path);

        using RunningService sender = wire.SendWithoutEnd(s_capture);
        using RunningService look = machine.Start(wire.Sensor, UnitSandbox.Script(unit, "/notify/none", 1_000_000, Look, "strace -f -qq -o /notify/calls"));
        Assert.True(look.WaitForEnd(s_patience), look.Said);

        Assert.Matches("\"frames\":[1-9]", look.Said);
        string[] trace = File.ReadAllLines(folder.Combine("calls"));
        IReadOnlySet<string> allowed = SystemCallFilter.Allowed(unit);
        Assert.Contains("sched_setaffinity", allowed);
        Assert.DoesNotContain("mount", allowed);
        string[] calls = SystemCalls.AfterStart(trace, "/usr/bin/tls-appliance");
        Assert.Contains("mmap", calls);
        Assert.Empty(calls.Except(allowed));
        string[] families = SystemCalls.AddressFamilies(trace);
        Assert.Contains("AF_PACKET", families);
        Assert.Empty(families.Except(unit["RestrictAddressFamilies"].Split(' ')));
    }

    private static void Install(MachineCopy machine) => machine.Do($"dpkg --force-unsafe-io --install {Package}/tls-appliance_*.deb 2>&1");
}
