using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>A <see cref="QueueRead"/> whose events have been divided among units: it is disposed when the last of them is settled. One worker.</summary>
internal sealed class SharedRead(QueueRead read)
{
    private int _left = read.Count;

    public QueueRead Read { get; } = read;

    /// <summary>
    /// Copies of these events alone. The few of a batch that wait for another try, perhaps for hours, must not keep the memory of all its documents.
    /// </summary>
    public SharedRead Copy(ReadOnlySpan<int> positions)
    {
        ReadOnlySpan<QueuedEvent> events = Read.Events;
        int bytes = 0;
        foreach (int position in positions)
        {
            bytes += events[position].Length;
        }

        var copy = new QueueRead(Read.Layout, positions.Length);
        var block = new DocumentBlock(GC.AllocateUninitializedArray<byte>(bytes));
        foreach (int position in positions)
        {
            QueuedEvent queued = events[position];
            var place = new DocumentPlace(block, block.Used, queued.Length);
            Read.Document(position).CopyTo(place.Bytes);
            block.Used += queued.Length;
            copy.Add(queued.Number, queued.Id, queued.Timestamp, queued.Queued, place);
        }

        return new SharedRead(copy);
    }

    /// <summary>These are settled, or have moved to a copy.</summary>
    /// <returns>true when they were the last ones.</returns>
    public bool Settled(int events)
    {
        _left -= events;
        if (_left > 0)
        {
            return false;
        }

        Read.Dispose();
        return true;
    }
}
