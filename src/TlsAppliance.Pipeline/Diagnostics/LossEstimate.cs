namespace TlsAppliance.Pipeline.Diagnostics;

/// <summary>
/// The share of the traffic that a capture loses somewhere on the way, wherever that is: of the bytes that receivers acknowledged, those that were not seen. Per interval and over all. It
/// is taken from the connections that are being read, which stand for the others.
/// </summary>
public sealed class LossEstimate(Func<PipelineCounters> counters)
{
    /// <summary>Fewer acknowledged bytes in an interval say nothing of a share.</summary>
    public const long Significant = 64 * 1024;

    private double _latest;
    private long _acknowledged, _unseen;

    /// <summary>Share of the last whole interval, 0 to 1.</summary>
    public double Latest => Volatile.Read(ref _latest);

    /// <summary>Share since the start, 0 to 1.</summary>
    public double Overall
    {
        get
        {
            PipelineCounters now = counters();
            return Share(now.AcknowledgedBytes, now.UnseenBytes);
        }
    }

    /// <summary>An interval is over.</summary>
    internal void EndInterval()
    {
        PipelineCounters now = counters();
        long acknowledged = now.AcknowledgedBytes - _acknowledged;
        Volatile.Write(ref _latest, acknowledged < Significant ? 0 : Share(acknowledged, now.UnseenBytes - _unseen));
        (_acknowledged, _unseen) = (now.AcknowledgedBytes, now.UnseenBytes);
    }

    private static double Share(long acknowledged, long unseen) => acknowledged > 0 ? Math.Clamp((double)unseen / acknowledged, 0, 1) : 0;
}
