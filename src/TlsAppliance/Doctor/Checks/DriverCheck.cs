using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Doctor.Checks;

/// <summary>Which driver; a virtual card has no ring, hash or offloads of its own to set.</summary>
internal sealed class DriverCheck(string device) : Check<string?>("driver", device)
{
    private static readonly HashSet<string> s_virtual = ["veth", "tun", "bridge", "dummy", "bonding", "virtio_net", "vmxnet3", "hv_netvsc", "xen-netfront", "802.1Q VLAN Support"];

    private readonly string _device = device;

    protected override string? Read()
    {
        using var ethtool = new Ethtool();
        return ethtool.Driver(_device);
    }

    public override Finding Judge(string? reading) => reading switch
    {
        null => Finding.Ok("no driver of its own"),
        _ when s_virtual.Contains(reading) => Finding.Ok($"{reading}: a virtual card; ring, hash and offloads are set where the real one is"),
        _ => Finding.Ok(reading),
    };
}
