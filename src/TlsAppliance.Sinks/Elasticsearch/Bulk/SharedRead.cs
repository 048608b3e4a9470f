using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>A <see cref="QueueRead"/> whose events have been divided among units: it is disposed when the last of them is settled. One worker.</summary>
internal sealed class SharedRead(QueueRead read)
{
    private int _left = read.Count;

    public QueueRead Read { get; } = read;

    /// <returns>true when these were the last ones.</returns>
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
