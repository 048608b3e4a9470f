using TlsAppliance.Capture.Devices;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Wires;

namespace TlsAppliance.Capture.Tests.Devices;

public class EthtoolTests
{
    /// <summary>Short names that ethtool prints for features of the kernel.</summary>
    [Theory]
    [InlineData("rx-gro", "generic-receive-offload")]
    [InlineData("rx-lro", "large-receive-offload")]
    [InlineData("rx-gro-list", "rx-gro-list")]
    [InlineData("tx-nocache-copy", "tx-nocache-copy")]
    [InlineData("rx-vlan-hw-parse", "rx-vlan-offload")]
    public void A_feature_is_on_or_fixed_as_ethtool_says(string feature, string printed)
    {
        Assert.SkipUnless(SystemTool.IsThere("ethtool", out string missing), missing);
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        foreach (string state in new[] { "on", "off" })
        {
            VethWire.Run(wire.Sensor, "ethtool", "-K", VethWire.SensorDevice, "gro", state);

            IReadOnlyDictionary<string, DeviceFeature> ours = VethWire.Enter(wire.Sensor, () => Ask(ethtool => ethtool.Features(VethWire.SensorDevice)))!;

            string theirs = VethWire.Run(wire.Sensor, "ethtool", "-k", VethWire.SensorDevice).Output;
            string line = theirs.Split('\n').Single(candidate => candidate.Trim().StartsWith(printed + ":", StringComparison.Ordinal)).Trim();
            Assert.Equal(line, $"{printed}: {(ours[feature].IsOn ? "on" : "off")}{(ours[feature].IsFixed ? " [fixed]" : "")}");
        }
    }

    [Fact]
    public void A_card_that_does_not_answer_has_nothing()
    {
        Assert.Null(Ask(ethtool => ethtool.ReceiveRing("no-such-device")));
        Assert.Null(Ask(ethtool => ethtool.ReceiveHash("no-such-device")));
        Assert.Null(Ask(ethtool => ethtool.Features("no-such-device")));
        Assert.Null(Ask(ethtool => ethtool.Speed("no-such-device")));
        Assert.Null(Ask(ethtool => ethtool.Driver("a-name-that-is-longer-than-the-kernel-takes")));
    }

    [Fact]
    public void Counts_the_queues_of_a_veth()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        VethWire.Run(wire.Sensor, "ip", "link", "add", "many0", "numrxqueues", "3", "type", "veth", "peer", "name", "many1", "numrxqueues", "1");
        VethWire.Run(wire.Sensor, "ethtool", "-L", "many0", "rx", "3");
        Assert.Equal(3, VethWire.Enter(wire.Sensor, () => Ask(ethtool => ethtool.ReceiveQueues("many0"))));
        Assert.Equal(1, VethWire.Enter(wire.Sensor, () => Ask(ethtool => ethtool.ReceiveQueues("many1"))));
    }

    private static T Ask<T>(Func<Ethtool, T> question)
    {
        using var ethtool = new Ethtool();
        return question(ethtool);
    }
}
