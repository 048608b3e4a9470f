using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Doctor.Checks;

/// <summary>A card drops frames longer than its MTU, and a SPAN port carries whatever its sources do.</summary>
internal sealed class MtuCheck(string device) : Check<NetworkDevice?>("mtu", device)
{
    private const int Ethernet = 1500;

    /// <summary>Room for jumbo frames of 9,000 bytes and the carrier around them; most cards take it.</summary>
    private const int Jumbo = 9216;

    private readonly string _device = device;

    protected override NetworkDevice? Read() => NetworkDevices.Find(_device);

    public override Finding Judge(NetworkDevice? reading) => reading switch
    {
        null => Finding.Ok("no interface"),
        { Mtu: < Ethernet } => Finding.Problem(
            FormattableString.Invariant($"{reading.Mtu:N0} bytes: full Ethernet frames are dropped"), Command()),
        { Mtu: < Jumbo, Received.TooLong: > 0 } => Finding.Warning(
            FormattableString.Invariant($"{reading.Mtu:N0} bytes, and {reading.Received.TooLong:N0} frames were too long so far"), Command()),
        { Mtu: < Jumbo } => Finding.Ok(FormattableString.Invariant($"{reading.Mtu:N0} bytes; no frame was too long so far")),
        _ => Finding.Ok(FormattableString.Invariant($"{reading.Mtu:N0} bytes")),
    };

    private string Command() => FormattableString.Invariant($"sudo ip link set dev {ShellWord.Of(_device)} mtu {Jumbo}");
}
