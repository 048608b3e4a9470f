namespace TlsAppliance.Reports;

/// <summary>
/// The longest pause of all garbage collections: the runtime tells those of the last collection only, so after each one a finalizer looks at them. Collections that
/// follow each other faster than the finalizer runs are seen as one; the sum of all pauses bounds what that can hide.
/// </summary>
internal sealed class CollectionPauses
{
    private readonly Lock _lock = new();
    private TimeSpan _longest;
    private long _lastIndex = GC.GetGCMemoryInfo(GCKind.Any).Index;
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
            GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
            if (last.Index == _lastIndex)
            {
                return;
            }

            _lastIndex = last.Index;
            foreach (TimeSpan pause in last.PauseDurations)
            {
                _longest = pause > _longest ? pause : _longest;
            }
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
