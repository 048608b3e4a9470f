namespace TlsAppliance.Sinks;

/// <summary>What became of the events that a sink took over. One writer; readers take copies.</summary>
public sealed class SinkCounters
{
    /// <summary>Batches taken over.</summary>
    public long Batches { get; private set; }

    /// <summary>Events delivered: written in full, with their line feed.</summary>
    public long Events { get; private set; }

    /// <summary>Bytes of these events, line feeds included.</summary>
    public long Bytes { get; private set; }

    /// <param name="events">How many.</param>
    /// <param name="bytes">Theirs.</param>
    /// <param name="beginsBatch">false: the rest of a batch that went to several files.</param>
    internal void Delivered(int events, int bytes, bool beginsBatch = true)
    {
        Batches += beginsBatch ? 1 : 0;
        Events += events;
        Bytes += bytes;
    }
}
