using TlsAppliance.Doctor.Readings;

namespace TlsAppliance.Doctor.Checks;

/// <summary>Events of several boxes are compared by their times, and so are certificates with their dates.</summary>
internal sealed class ClockCheck() : Check<KernelClock>("clock")
{
    protected override KernelClock Read() => KernelClock.Read();

    public override Finding Judge(KernelClock reading) => reading.IsSynchronised
        ? Finding.Ok(FormattableString.Invariant($"synchronised, error at most {reading.MaximumError.TotalMilliseconds:N0} ms"))
        : Finding.Warning("not synchronised: the times of events are off by an unknown amount", "sudo timedatectl set-ntp true");
}
