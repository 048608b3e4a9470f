namespace TlsAppliance.Doctor.Checks;

/// <summary>Frames that may wait per core before the kernel looks at them; the default is meant for a host, not for a SPAN port.</summary>
internal sealed class BacklogCheck() : Check<int?>("backlog")
{
    private const string Setting = "/proc/sys/net/core/netdev_max_backlog";

    private const int Enough = 10_000;

    /// <summary>What the loss curves in <c>perf/results</c> were measured with.</summary>
    private const int Recommended = 50_000;

    /// <returns>Null in a network namespace that does not show it.</returns>
    protected override int? Read() =>
        File.Exists(Setting) ? int.Parse(File.ReadAllText(Setting), System.Globalization.CultureInfo.InvariantCulture) : null;

    public override Finding Judge(int? reading) => reading switch
    {
        null => Finding.Ok("the limit is the host's; it is not shown in this network namespace"),
        < Enough => Finding.Warning(
            FormattableString.Invariant($"netdev_max_backlog is {reading:N0}: bursts are lost before they are captured"),
            FormattableString.Invariant($"sudo sysctl -w net.core.netdev_max_backlog={Recommended}")),
        _ => Finding.Ok(FormattableString.Invariant($"netdev_max_backlog is {reading:N0}")),
    };
}
