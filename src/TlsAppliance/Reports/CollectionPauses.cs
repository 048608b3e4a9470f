namespace TlsAppliance.Reports;

/// <summary>
/// The longest pause of all garbage collections: the runtime tells their sum, so after each one a finalizer looks how far it has grown. Collections that follow each other faster than the finalizer
/// runs are seen as one long one.
/// </summary>
internal sealed class CollectionPauses
{
    private readonly Lock _lock = new();
    private TimeSpan _longest;
    private TimeSpan _sum = GC.GetTotalPauseDuration();
    private volatile bool _hasEnded;

    public CollectionPauses() => _ = new Sentinel(this);

    /// <summary>Stops looking.</summary>
    /// <returns>The longest pause since the making.</returns>
    public TimeSpan End()
    {
        Look();
        _hasEnded = true;
        return _longest;
    }

    private void Look()
    {
        lock (_lock)
        {
            TimeSpan sum = GC.GetTotalPauseDuration(), grown = sum - _sum;
            _sum = sum;
            _longest = grown > _longest ? grown : _longest;
        }
    }

    /// <summary>Garbage from the start: the next collection finds it, whatever its generation.</summary>
    private sealed class Sentinel(CollectionPauses owner)
    {
        ~Sentinel()
        {
            owner.Look();
            if (!owner._hasEnded)
            {
                _ = new Sentinel(owner);
            }
        }
    }
}
