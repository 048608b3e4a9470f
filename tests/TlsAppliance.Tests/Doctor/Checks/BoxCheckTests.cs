using TlsAppliance.Doctor;
using TlsAppliance.Doctor.Checks;
using TlsAppliance.Doctor.Readings;

namespace TlsAppliance.Tests.Doctor.Checks;

/// <summary>What is said of the box, reading by reading: verdict and command.</summary>
public class BoxCheckTests
{
    private const long Gibibyte = 1L << 30;

    internal static TheoryData<Finding, string, string?> Judgements => new()
    {
        { new CapabilityCheck().Judge(new CapabilityReading(true, "/usr/bin/tls-appliance", 0)), "Ok", null },
        { new CapabilityCheck().Judge(new CapabilityReading(true, "/usr/bin/tls-appliance", 1000)), "Ok", null },
        { new CapabilityCheck().Judge(new CapabilityReading(false, "/opt/my tools/tls-appliance", 1000)), "Problem", "sudo setcap cap_net_raw=ep '/opt/my tools/tls-appliance'" },
        { new CapabilityCheck().Judge(new CapabilityReading(false, null, 1000)), "Problem", "sudo tls-appliance doctor" },
        { new FanoutCheck(null).Judge(new FanoutProbe(FanoutOutcome.Supported)), "Ok", null },
        { new FanoutCheck(null).Judge(new FanoutProbe(FanoutOutcome.NoPermission)), "Warning", "sudo tls-appliance doctor" },
        { new FanoutCheck(null).Judge(new FanoutProbe(FanoutOutcome.NoDevice)), "Warning", null },
        { new FanoutCheck(null).Judge(new FanoutProbe(FanoutOutcome.Refused, "Invalid argument")), "Problem", "uname -r" },
        { new LibpcapCheck().Judge(null), "Problem", "sudo apt-get install libpcap0.8" },
        { new LibpcapCheck().Judge(new Version(1, 8, 1)), "Warning", "sudo apt-get install libpcap0.8" },
        { new LibpcapCheck().Judge(new Version(1, 10, 3)), "Ok", null },
        { new BacklogCheck().Judge(1000), "Warning", "sudo sysctl -w net.core.netdev_max_backlog=50000" },
        { new BacklogCheck().Judge(50_000), "Ok", null },
        { new BacklogCheck().Judge(null), "Ok", null },
        { new SoftnetCheck().Judge(new SoftnetStatistics(0)), "Ok", null },
        { new SoftnetCheck().Judge(new SoftnetStatistics(7)), "Warning", "sudo sysctl -w net.core.netdev_max_backlog=50000" },
        { new CoreCheck(0).Judge(new CoreReading(1, 0)), "Warning", null },
        { new CoreCheck(0).Judge(new CoreReading(8, 0)), "Ok", null },
        { new CoreCheck(0).Judge(new CoreReading(8, 8)), "Ok", null },
        { new CoreCheck(0).Judge(new CoreReading(8, 9)), "Warning", "tls-appliance run -E tls_appliance.shards=0" },
        { new ClockCheck().Judge(new KernelClock(true, TimeSpan.FromMilliseconds(3))), "Ok", null },
        { new ClockCheck().Judge(new KernelClock(false, TimeSpan.FromSeconds(16))), "Warning", "sudo timedatectl set-ntp true" },
        { new DiskCheck("path.data", "/d").Judge(new DiskSpace("/d", Gibibyte / 2, 100 * Gibibyte)), "Problem", "df -h /d" },
        { new DiskCheck("path.data", "/d").Judge(new DiskSpace("/d", 2 * Gibibyte, 100 * Gibibyte)), "Warning", "df -h /d" },
        { new DiskCheck("path.data", "/d").Judge(new DiskSpace("/d", 50 * Gibibyte, 100 * Gibibyte)), "Ok", null },
        { new FileLimitCheck().Judge(1024), "Warning", "sudo prlimit --pid $$ --nofile=65536" },
        { new FileLimitCheck().Judge(ulong.MaxValue), "Ok", null },
        { new FileLimitCheck().Judge(524_288), "Ok", null },
    };

    [Fact]
    public void Each_reading_has_its_verdict_and_its_command()
    {
        foreach (TheoryDataRow<Finding, string, string?> row in Judgements)
        {
            (Finding finding, string verdict, string? command) = row.Data;
            Assert.Equal((verdict, command), (finding.Verdict.ToString(), finding.Command));
            Assert.True(finding.Text.Length > 0 && !finding.Text.Contains('\n', StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_cannot_be_read_is_a_warning_that_says_why()
    {
        Finding finding = new Unreadable().Examine();
        Assert.Equal((Verdict.Warning, "unreadable", "could not be read: the disk is gone"), (finding.Verdict, finding.Check, finding.Text));
    }

    private sealed class Unreadable() : Check<int>("unreadable")
    {
        protected override int Read() => throw new IOException("the disk is gone");

        public override Finding Judge(int reading) => Finding.Ok("");
    }
}
