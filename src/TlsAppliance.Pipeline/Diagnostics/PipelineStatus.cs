using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Diagnostics;

/// <summary>What an engine tells about itself while it runs, for metrics, readiness and reports. All of it may be asked for on any thread.</summary>
/// <param name="Counters">The sum of all cells; cells of different stages are not of one moment.</param>
/// <param name="LatestSnapshot">The last complete snapshot, in which all cells are of one moment; null before the first, and for an engine that takes none.</param>
/// <param name="RequestSnapshot">Asks for the next one.</param>
/// <param name="Health">How the shards fare, by lane.</param>
public sealed record PipelineStatus(
    Func<PipelineCounters> Counters, Func<AccountingSnapshot?> LatestSnapshot, Action RequestSnapshot, IReadOnlyList<ShardHealth> Health)
{
    /// <summary>How the captures fare; empty for a replay.</summary>
    public IReadOnlyList<CaptureHealth> Captures { get; init; } = [];

    /// <summary>What the captures lose, as far as the traffic tells; null for a replay.</summary>
    public LossEstimate? Loss { get; init; }

    /// <summary>Number of the last snapshot that all shards have come to: after a request it must grow, or one of them hangs.</summary>
    public Func<long> Heartbeat { get; init; } = () => 0;

    /// <summary>Why this engine is not to be relied on at the moment, one phrase each; empty when it is.</summary>
    public IEnumerable<string> Complaints()
    {
        for (int shard = 0; shard < Health.Count; shard++)
        {
            if (Health[shard].IsDraining)
            {
                yield return FormattableString.Invariant($"shard {shard} is draining after {Health[shard].Failures} failures");
            }
            else if (Health[shard].IsInBackoff)
            {
                yield return FormattableString.Invariant($"shard {shard} waits to be started again after {Health[shard].Failures} failures");
            }
        }

        foreach (CaptureHealth capture in Captures)
        {
            if (capture.Failure is { } failure)
            {
                yield return $"{capture.Interface} is not captured: {failure}";
            }
            else if (capture.LatestLoss >= CaptureHealth.AlarmingLoss)
            {
                yield return FormattableString.Invariant($"{capture.Interface} loses {capture.LatestLoss:P0} of its frames for want of room");
            }
            else if (capture.LatestShed >= CaptureHealth.AlarmingLoss)
            {
                yield return FormattableString.Invariant($"{capture.Interface} sheds {capture.LatestShed:P0} of its frames because a shard lags");
            }
        }

        if (Loss is { Latest: >= CaptureHealth.AlarmingLoss } loss)
        {
            yield return FormattableString.Invariant($"about {loss.Latest:P0} of the traffic is not seen");
        }

        foreach ((string scope, long residual) in LatestSnapshot()?.Residuals ?? [])
        {
            if (residual != 0)
            {
                yield return FormattableString.Invariant($"accounting residual of {scope} is {residual}");
            }
        }
    }
}
