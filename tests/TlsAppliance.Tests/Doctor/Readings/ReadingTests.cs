using TlsAppliance.Doctor.Readings;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Wires;

namespace TlsAppliance.Tests.Doctor.Readings;

public class ReadingTests
{
    [Fact]
    public void Softnet_columns_are_hexadecimal_and_added_up_over_the_cores() => Assert.Equal(
        0x1f + 0x10,
        SoftnetStatistics.Parse(["0000a1b2 0000001f 00000003 00000000 00000000", "0000a1b2 00000010 00000000 00000000 00000001"]).Dropped);

    [Fact]
    public void Softnet_lines_of_another_form_are_refused() => Assert.Throws<FormatException>(() => SoftnetStatistics.Parse(["0000a1b2"]));

    [Fact]
    public void The_kernels_own_file_is_read() => Assert.True(SoftnetStatistics.Read().Dropped >= 0);

    [Fact]
    public void Capabilities_in_effect_are_bits_of_the_status()
    {
        string[] raw = ["Name:\tx", "Uid:\t1000\t998\t998\t998", "CapPrm:\t000001ffffffffff", "CapEff:\t0000000000002000"];
        Assert.True(ProcessStatus.HasCapability(ProcessStatus.RawNetwork, raw));
        Assert.False(ProcessStatus.HasCapability(ProcessStatus.RawNetwork + 1, raw));
        Assert.Equal(998u, ProcessStatus.EffectiveUser(raw));
        Assert.Throws<FormatException>(() => ProcessStatus.HasCapability(0, ["Name:\tx"]));
    }

    [Theory]
    [InlineData("libpcap version 1.10.3 (with TPACKET_V3)", "1.10.3")]
    [InlineData("libpcap version 1.5.3", "1.5.3")]
    [InlineData("DAG version 6.0.0; libpcap version 1.9.1", "1.9.1")]
    public void The_version_of_libpcap_is_found_in_its_text(string text, string version) => Assert.Equal(Version.Parse(version), Libpcap.Parse(text));

    [Fact]
    public void Disk_space_of_a_directory_to_come_is_that_of_its_parent()
    {
        using var folder = new TemporaryFolder();
        DiskSpace space = DiskSpace.Of(folder.Combine("not", "there", "yet"));
        Assert.Equal(folder.Path, space.Directory);
        Assert.InRange(space.Free, 1, space.Total);
    }

    [Fact]
    public void The_clock_and_the_limit_of_open_files_are_told()
    {
        Assert.True(KernelClock.Read().MaximumError >= TimeSpan.Zero);
        Assert.True(ResourceLimit.OpenFiles() > 0);
    }

    [Fact]
    public void Fanout_is_tried_on_the_interface_itself()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        Assert.Equal(FanoutOutcome.Supported, VethWire.Enter(wire.Sensor, () => FanoutProbe.Try(VethWire.SensorDevice)).Outcome);
        Assert.Equal(FanoutOutcome.NoDevice, VethWire.Enter(wire.Sensor, () => FanoutProbe.Try("no-such-device")).Outcome);
    }
}
