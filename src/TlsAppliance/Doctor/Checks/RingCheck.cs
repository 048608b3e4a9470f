using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Doctor.Checks;

/// <summary>A short ring overflows in a burst before the kernel has seen anything of it.</summary>
internal sealed class RingCheck(string device) : Check<RingSize?>("ring", device)
{
    private readonly string _device = device;

    protected override RingSize? Read()
    {
        using var ethtool = new Ethtool();
        return ethtool.ReceiveRing(_device);
    }

    public override Finding Judge(RingSize? reading) => reading switch
    {
        null => Finding.Ok("the driver has no ring to set"),
        { } ring when ring.Current < ring.Maximum => Finding.Warning(
            FormattableString.Invariant($"receive ring of {ring.Current:N0} of {ring.Maximum:N0} descriptors: bursts are lost in the card"),
            FormattableString.Invariant($"sudo ethtool -G {ShellWord.Of(_device)} rx {ring.Maximum}")),
        { } ring => Finding.Ok(FormattableString.Invariant($"receive ring of {ring.Current:N0} descriptors, the most there is")),
    };
}
