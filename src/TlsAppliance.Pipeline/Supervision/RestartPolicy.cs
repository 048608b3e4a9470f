namespace TlsAppliance.Pipeline.Supervision;

/// <summary>When a failed shard is started again: after a growing, jittered wait; after too many failures in a row it drains for a while first.</summary>
public sealed record RestartPolicy
{
    /// <value>50 milliseconds before the first restart; the wait doubles with every failure in a row.</value>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <value>10 seconds at most; a drain lasts so long before the shard is tried again.</value>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>5 failures in a row make the lane drain into a counter, so that nothing upstream waits for it.</value>
    public int FailuresToDrain { get; init; } = 5;

    /// <value>A shard that ran for 10 seconds begins a new row when it fails.</value>
    public TimeSpan Forgiven { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before a restart, with up to half of it added by chance.</summary>
    /// <param name="failures">Failures in a row, at least 1.</param>
    /// <param name="chance">0 to 1.</param>
    public TimeSpan Wait(int failures, double chance)
    {
        double wait = Math.Min(LongestWait.TotalMilliseconds, FirstWait.TotalMilliseconds * Math.Pow(2, failures - 1));
        return TimeSpan.FromMilliseconds(wait * (1 + (chance / 2)));
    }
}
