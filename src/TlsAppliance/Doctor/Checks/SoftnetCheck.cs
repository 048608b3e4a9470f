using TlsAppliance.Doctor.Readings;

namespace TlsAppliance.Doctor.Checks;

/// <summary>Whether the backlog of a core has overflown since the start of the box.</summary>
internal sealed class SoftnetCheck() : Check<SoftnetStatistics>("softnet")
{
    protected override SoftnetStatistics Read() => SoftnetStatistics.Read();

    public override Finding Judge(SoftnetStatistics reading) => reading.Dropped == 0
        ? Finding.Ok("no core has dropped frames")
        : Finding.Warning(
            FormattableString.Invariant($"{reading.Dropped:N0} frames were dropped by cores with a full backlog since the start of the box"),
            "sudo sysctl -w net.core.netdev_max_backlog=50000");
}
