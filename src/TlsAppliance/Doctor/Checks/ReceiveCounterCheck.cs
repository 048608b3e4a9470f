using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Doctor.Checks;

/// <summary>What the card lost before anybody could capture it.</summary>
internal sealed class ReceiveCounterCheck(string device) : Check<ReceiveCounters>("received", device)
{
    private readonly string _device = device;

    protected override ReceiveCounters Read() => NetworkDevices.Find(_device)?.Received ?? default;

    public override Finding Judge(ReceiveCounters reading)
    {
        (string Name, ulong Frames)[] lost =
        [
            .. new (string Name, ulong Frames)[]
            {
                ("had no room in the ring", reading.Missed), ("were dropped", reading.Dropped), ("were damaged", reading.Damaged),
            }.Where(reason => reason.Frames > 0),
        ];
        string total = FormattableString.Invariant($"{reading.Packets:N0} frames so far");
        return lost.Length == 0
            ? Finding.Ok($"{total}, none lost")
            : Finding.Warning(
                $"{total}; {string.Join(", ", lost.Select(reason => FormattableString.Invariant($"{reason.Frames:N0} {reason.Name}")))}",
                $"ethtool -S {ShellWord.Of(_device)}");
    }
}
