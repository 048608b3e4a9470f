using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Doctor.Checks;

/// <summary>
/// Receive offloads join frames of a connection into one of up to 64 KiB before anybody captures it. All sessions are found all the same, but counts and
/// times of frames are no longer those of the wire, and what is longer than the snap length is cut.
/// </summary>
internal sealed class OffloadCheck(string device) : Check<IReadOnlyDictionary<string, DeviceFeature>?>("offloads", device)
{
    /// <summary>Names of the kernel's features, and what <c>ethtool -K</c> calls them.</summary>
    private static readonly (string Feature, string Argument)[] s_joining =
    [
        ("rx-gro", "gro"),
        ("rx-lro", "lro"),
        ("rx-gro-hw", "rx-gro-hw"),
        ("rx-gro-list", "rx-gro-list"),
        ("rx-udp-gro-forwarding", "rx-udp-gro-forwarding"),
    ];

    private readonly string _device = device;

    protected override IReadOnlyDictionary<string, DeviceFeature>? Read()
    {
        using var ethtool = new Ethtool();
        return ethtool.Features(_device);
    }

    public override Finding Judge(IReadOnlyDictionary<string, DeviceFeature>? reading)
    {
        if (reading is null)
        {
            return Finding.Ok("the driver has none");
        }

        (string Feature, string Argument)[] on = [.. s_joining.Where(offload => reading.GetValueOrDefault(offload.Feature).IsOn)];
        string[] mendable = [.. on.Where(offload => !reading[offload.Feature].IsFixed).Select(offload => offload.Argument)];
        if (on.Length == 0)
        {
            return Finding.Ok("none joins frames");
        }

        return Finding.Warning(
            $"{string.Join(", ", on.Select(offload => offload.Argument))} on: frames are joined before they are captured",
            mendable.Length == 0 ? null : $"sudo ethtool -K {ShellWord.Of(_device)} {string.Join(' ', mendable.Select(argument => argument + " off"))}");
    }
}
