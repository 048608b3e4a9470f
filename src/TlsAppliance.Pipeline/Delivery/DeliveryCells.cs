namespace TlsAppliance.Pipeline.Delivery;

/// <summary>What became of one lane's events. Written by the sink's actor.</summary>
internal sealed class DeliveryCells
{
    /// <summary>Taken over by the sink.</summary>
    public long Delivered { get; set; }

    /// <summary>Not taken: the sink had failed, or the stop had no time left.</summary>
    public long Undelivered { get; set; }

    /// <summary>Adds these cells to a total.</summary>
    public void AddTo(PipelineCounters total)
    {
        total.Delivered += Delivered;
        total.Undelivered += Undelivered;
    }
}
