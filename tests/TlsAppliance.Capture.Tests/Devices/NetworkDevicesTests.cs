using System.Net;
using System.Text.Json;
using TlsAppliance.Capture.Devices;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Wires;

namespace TlsAppliance.Capture.Tests.Devices;

/// <summary>Held against iproute2 and ethtool, on interfaces of the test's own.</summary>
public class NetworkDevicesTests
{
    [Fact]
    public void Lists_what_iproute2_lists()
    {
        Assert.SkipUnless(SystemTool.IsThere("ip", out string missing), missing);
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        VethWire.Run(wire.Sensor, "ip", "addr", "add", "192.0.2.7/24", "dev", VethWire.SensorDevice);
        VethWire.Run(wire.Sensor, "ip", "link", "set", "dev", VethWire.SensorDevice, "promisc", "on");
        VethWire.Run(wire.Sensor, "ip", "link", "add", "dark0", "mtu", "1300", "type", "veth", "peer", "name", "dark1");

        NetworkDevice[] ours = [.. VethWire.Enter(wire.Sensor, NetworkDevices.List)];

        using JsonDocument theirs = JsonDocument.Parse(VethWire.Run(wire.Sensor, "ip", "-json", "-details", "addr").Output);
        Assert.Equal(theirs.RootElement.EnumerateArray().Select(Describe), ours.Select(Describe));
        NetworkDevice span = ours.Single(device => device.Name == VethWire.SensorDevice);
        Assert.True(span.IsUp && span.HasCarrier && span.IsPromiscuous && span.IsTakenByAny);
        Assert.Equal(("veth", 9200, 10_000), (span.Driver, span.Mtu, span.Speed));
        Assert.Equal([IPAddress.Parse("192.0.2.7")], span.Addresses);
        Assert.False(ours.Single(device => device.Name == "dark0").IsTakenByAny);
        Assert.False(ours.Single(device => device.IsLoopback).IsTakenByAny);
    }

    [Fact]
    public void Counts_the_frames_that_came_in()
    {
        Assert.SkipUnless(SystemTool.IsThere("tcpreplay", out string missing), missing);
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        string capture = Directory.EnumerateFiles(RepositoryRoot.Combine("replay-corpus"), "*.pcap", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        ToolProcess sent = VethWire.Run(wire.Sender, "tcpreplay", "--topspeed", "--intf1", VethWire.SenderDevice, capture);
        Assert.True(sent.ExitCode == 0, sent.Everything);

        ReceiveCounters received = VethWire.Enter(wire.Sensor, () => NetworkDevices.Find(VethWire.SensorDevice))!.Received;

        Assert.Contains(FormattableString.Invariant($"Successful packets:        {received.Packets}"), sent.Output, StringComparison.Ordinal);
        Assert.Equal(0u, received.Errors);
    }

    [Fact]
    public void Knows_no_interface_that_is_not_there() => Assert.Null(NetworkDevices.Find("no-such-device"));

    private static string Describe(NetworkDevice device) => FormattableString.Invariant(
        $"{device.Index} {device.Name} {device.Mtu} up={device.IsUp} lower={device.HasCarrier} loop={device.IsLoopback} promisc={device.IsPromiscuous} {string.Join(',', device.Addresses)}");

    private static string Describe(JsonElement device)
    {
        string[] flags = [.. device.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];
        IEnumerable<string?> addresses = device.GetProperty("addr_info").EnumerateArray().Select(address => address.GetProperty("local").GetString());
        return FormattableString.Invariant(
            $"{device.GetProperty("ifindex").GetInt32()} {device.GetProperty("ifname").GetString()} {device.GetProperty("mtu").GetInt32()} up={flags.Contains("UP")} lower={flags.Contains("LOWER_UP")} loop={flags.Contains("LOOPBACK")} promisc={device.GetProperty("promiscuity").GetInt32() > 0} {string.Join(',', addresses)}");
    }
}
