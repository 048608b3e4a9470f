using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Doctor.Checks;

/// <summary>The interface is there, is up and has a link.</summary>
internal sealed class LinkCheck(string device) : Check<NetworkDevice?>("link", device)
{
    private readonly string _device = device;

    protected override NetworkDevice? Read() => NetworkDevices.Find(_device);

    public override Finding Judge(NetworkDevice? reading) => reading switch
    {
        null => Finding.Problem("no interface of this name", "tls-appliance devices"),
        { IsUp: false } => Finding.Problem("is down", $"sudo ip link set dev {ShellWord.Of(_device)} up"),
        { HasCarrier: false } => Finding.Problem("is up but has no link: cable, or the SPAN session of the switch", $"ip -s link show dev {ShellWord.Of(_device)}"),
        { IsLoopback: true } => Finding.Warning("is loopback: it sees this box's own traffic, each frame once", "tls-appliance devices"),
        _ => Finding.Ok(reading.Speed is { } speed ? FormattableString.Invariant($"up, {speed:N0} Mbit/s") : "up, speed unknown"),
    };
}
