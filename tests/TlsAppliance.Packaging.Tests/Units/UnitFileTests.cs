using TlsAppliance.Testing;

namespace TlsAppliance.Packaging.Tests.Units;

/// <summary>The unit that is shipped.</summary>
public class UnitFileTests
{
    internal static readonly string Path = RepositoryRoot.Combine("config", "systemd", "tls-appliance.service");

    private static readonly UnitFile s_unit = UnitFile.Load(Path);

    /// <summary>In tenths, as the threshold is given.</summary>
    [Fact]
    public void Is_exposed_by_2_0_at_most()
    {
        Assert.SkipUnless(SystemTool.IsThere("systemd-analyze", out string missing), missing);
        ToolProcess rating = ToolProcess.Run("systemd-analyze", ["security", "--offline=yes", "--threshold=20", "--no-pager", Path]);
        Assert.True(rating.ExitCode == 0, rating.Everything);
        Assert.Contains("Overall exposure level", rating.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_understood_by_systemd()
    {
        Assert.SkipUnless(SystemTool.IsThere("systemd-analyze", out string missing), missing);
        ToolProcess check = ToolProcess.Run("systemd-analyze", ["verify", "--man=no", Path]);
        Assert.All(
            check.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains("Command /usr/bin/tls-appliance is not executable", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Gives_one_capability_and_no_root()
    {
        Assert.Equal(("CAP_NET_RAW", "CAP_NET_RAW"), (s_unit["CapabilityBoundingSet"], s_unit["AmbientCapabilities"]));
        Assert.Equal("tls-appliance", s_unit["User"]);
        Assert.True(s_unit.IsYes("NoNewPrivileges"));
    }

    /// <summary>Each of these ends the program or takes something from it; they look harmless and raise the rating.</summary>
    [Fact]
    public void Falls_into_none_of_the_traps()
    {
        Assert.DoesNotContain("MemoryDenyWriteExecute", s_unit.Keys("Service"));
        Assert.DoesNotContain("ProcSubset", s_unit.Keys("Service"));
        Assert.DoesNotContain("PrivateUsers", s_unit.Keys("Service"));
        Assert.DoesNotContain(s_unit.All("SystemCallFilter"), filter => filter.StartsWith('~') && filter.Contains("@resources", StringComparison.Ordinal));
    }

    [Fact]
    public void Waits_longer_for_a_stop_than_a_stop_takes_and_longer_than_the_watchdog_is_quiet()
    {
        Assert.True(int.Parse(s_unit["TimeoutStopSec"]) > 10);
        Assert.True(int.Parse(s_unit["WatchdogSec"]) >= 20);
        Assert.Equal(("notify", "on-failure"), (s_unit["Type"], s_unit["Restart"]));
        Assert.Contains(s_unit["RestartPreventExitStatus"].Split(' '), code => code == "78");
    }

    [Fact]
    public void Every_setting_is_recreated_in_the_test_or_named_as_judged_elsewhere() => Assert.Empty(
        s_unit.Keys("Service").Except([.. UnitSandbox.Recreated, .. UnitSandbox.JudgedByCalls, .. UnitSandbox.OfTheManager]));
}
