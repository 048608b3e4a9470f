using TlsAppliance.Capture.Devices;
using TlsAppliance.Doctor;
using TlsAppliance.Doctor.Checks;

namespace TlsAppliance.Tests.Doctor.Checks;

/// <summary>What is said of an interface, reading by reading.</summary>
public class DeviceCheckTests
{
    private static readonly NetworkDevice s_device = new() { Name = "eth1", Index = 3, IsUp = true, HasCarrier = true, Mtu = 1500, Speed = 10_000 };

    [Fact]
    public void A_link_that_is_up_is_right_and_its_speed_is_told() => Assert.Equal(Finding.Ok("up, 10,000 Mbit/s"), new LinkCheck("eth1").Judge(s_device));

    [Fact]
    public void An_interface_that_is_down_is_switched_on() =>
        Assert.Equal("sudo ip link set dev eth1 up", Problem(new LinkCheck("eth1").Judge(s_device with { IsUp = false })));

    [Fact]
    public void No_link_is_a_problem() => Problem(new LinkCheck("eth1").Judge(s_device with { HasCarrier = false }));

    [Fact]
    public void A_name_that_is_nobodys_leads_to_the_list() => Assert.Equal("tls-appliance devices", Problem(new LinkCheck("eth1").Judge(null)));

    [Fact]
    public void Loopback_is_warned_of() => Warning(new LinkCheck("lo").Judge(s_device with { IsLoopback = true }));

    [Fact]
    public void A_virtual_card_is_told_as_such() => Assert.Contains("virtual", Ok(new DriverCheck("eth1").Judge("virtio_net")), StringComparison.Ordinal);

    [Fact]
    public void A_ring_is_to_be_as_long_as_it_can_be()
    {
        Assert.Equal("sudo ethtool -G eth1 rx 4096", Warning(new RingCheck("eth1").Judge(new RingSize(512, 4096))));
        Ok(new RingCheck("eth1").Judge(new RingSize(4096, 4096)));
        Ok(new RingCheck("eth1").Judge(null));
    }

    [Fact]
    public void Offloads_that_join_frames_are_switched_off_in_one_command()
    {
        Finding finding = new OffloadCheck("eth1").Judge(Features(("rx-gro", true, false), ("rx-lro", true, false), ("rx-gro-hw", true, true), ("rx-gro-list", false, false)));
        Assert.Equal("sudo ethtool -K eth1 gro off lro off", Warning(finding));
        Assert.StartsWith("gro, lro, rx-gro-hw on", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_offload_that_nobody_can_switch_off_has_no_command() =>
        Assert.Null(Warning(new OffloadCheck("eth1").Judge(Features(("rx-gro-hw", true, true)))));

    [Fact]
    public void Other_features_are_nobodys_business() => Ok(new OffloadCheck("eth1").Judge(Features(("rx-vlan-hw-parse", true, false), ("tx-scatter-gather", true, false))));

    [Fact]
    public void A_hash_that_parts_the_directions_gets_the_symmetric_key_of_its_length()
    {
        byte[] key = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal(
            "sudo ethtool -X eth1 hkey 6D:5A:6D:5A:6D:5A:6D:5A",
            Warning(new ReceiveHashCheck("eth1").Judge(new ReceiveHashReading(4, new ReceiveHash(key, [0, 1, 2, 3], false)))));
    }

    [Fact]
    public void A_symmetric_hash_one_queue_or_one_used_queue_is_right()
    {
        byte[] symmetric = [0x6d, 0x5a, 0x6d, 0x5a];
        Ok(new ReceiveHashCheck("eth1").Judge(new ReceiveHashReading(4, new ReceiveHash(symmetric, [0, 1], false))));
        Ok(new ReceiveHashCheck("eth1").Judge(new ReceiveHashReading(4, new ReceiveHash([1, 2, 3, 4], [0, 1], IsSymmetricTransform: true))));
        Ok(new ReceiveHashCheck("eth1").Judge(new ReceiveHashReading(4, new ReceiveHash([1, 2, 3, 4], [2, 2], false))));
        Ok(new ReceiveHashCheck("eth1").Judge(new ReceiveHashReading(1, null)));
        Ok(new ReceiveHashCheck("eth1").Judge(new ReceiveHashReading(null, null)));
    }

    [Fact]
    public void A_hash_that_is_not_shown_is_one_queue_too_many()
    {
        Assert.Equal("sudo ethtool -L eth1 combined 1", Warning(new ReceiveHashCheck("eth1").Judge(new ReceiveHashReading(2, null))));
        Assert.Equal("sudo ethtool -L eth1 combined 1", Warning(new ReceiveHashCheck("eth1").Judge(new ReceiveHashReading(2, new ReceiveHash([], [0, 1], false)))));
    }

    [Fact]
    public void Frames_that_were_too_long_call_for_a_longer_mtu()
    {
        Ok(new MtuCheck("eth1").Judge(s_device));
        Ok(new MtuCheck("eth1").Judge(s_device with { Mtu = 9216, Received = new ReceiveCounters(9, 3, 0, TooLong: 3, 0, 0) }));
        Assert.Equal("sudo ip link set dev eth1 mtu 9216", Warning(new MtuCheck("eth1").Judge(s_device with { Received = new ReceiveCounters(9, 3, 0, TooLong: 3, 0, 0) })));
        Problem(new MtuCheck("eth1").Judge(s_device with { Mtu = 1400 }));
    }

    [Fact]
    public void Lost_frames_are_told_by_reason()
    {
        Finding finding = new ReceiveCounterCheck("eth1").Judge(new ReceiveCounters(Packets: 1_000_000, Errors: 3, Dropped: 20, TooLong: 0, Damaged: 3, Missed: 4_000));
        Assert.Equal("1,000,000 frames so far; 4,000 had no room in the ring, 20 were dropped, 3 were damaged", finding.Text);
        Warning(finding);
        Ok(new ReceiveCounterCheck("eth1").Judge(new ReceiveCounters(7, 0, 0, 0, 0, 0)));
    }

    /// <summary>The command is there to be pasted, and whoever may name an interface must not get a shell by it.</summary>
    [Theory]
    [InlineData("$(reboot)", "sudo ip link set dev '$(reboot)' up")]
    [InlineData("a'b", @"sudo ip link set dev 'a'\''b' up")]
    [InlineData("eth0.100@if3", "sudo ip link set dev eth0.100@if3 up")]
    public void A_hostile_name_is_one_word_of_the_command(string name, string command) =>
        Assert.Equal(command, Problem(new LinkCheck(name).Judge(s_device with { Name = name, IsUp = false })));

    private static Dictionary<string, DeviceFeature> Features(params (string Name, bool IsOn, bool IsFixed)[] features) =>
        features.ToDictionary(feature => feature.Name, feature => new DeviceFeature(feature.IsOn, feature.IsFixed));

    private static string Ok(Finding finding)
    {
        Assert.Equal(Verdict.Ok, finding.Verdict);
        Assert.Null(finding.Command);
        return finding.Text;
    }

    private static string? Warning(Finding finding)
    {
        Assert.Equal(Verdict.Warning, finding.Verdict);
        return finding.Command;
    }

    private static string? Problem(Finding finding)
    {
        Assert.Equal(Verdict.Problem, finding.Verdict);
        return finding.Command;
    }
}
