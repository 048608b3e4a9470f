using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>Events of one read that go together: a fresh batch, a half of one, or what has to be sent again.</summary>
/// <param name="Source">Whose events they are.</param>
/// <param name="Positions">Which of them, ascending.</param>
internal sealed record BulkUnit(SharedRead Source, int[] Positions)
{
    /// <summary>How often these events were sent so far.</summary>
    public int Attempts { get; init; }

    /// <summary>Not before this moment.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>Why the target does not take them, when that is the target's fault; null while they are merely late.</summary>
    public string? Blocked { get; init; }

    /// <summary>An only event that was refused as a whole once, while the server understands our requests: the next refusal is its end.</summary>
    public bool IsSuspect { get; init; }

    public int Count => Positions.Length;

    public ref readonly QueuedEvent Event(int at) => ref Source.Read.Events[Positions[at]];

    public ReadOnlySpan<byte> Document(int at) => Source.Read.Document(Positions[at]);

    public BulkUnit Slice(Range range) => this with { Positions = Positions[range] };

    /// <summary>The events at these places of this unit, to be sent again later.</summary>
    public BulkUnit Again(List<int> places, DateTimeOffset due, string? blocked) =>
        this with { Positions = [.. places.Select(place => Positions[place])], Due = due, Blocked = blocked, IsSuspect = false };

    /// <summary>The same events, in memory of their own.</summary>
    public BulkUnit Alone() => this with { Source = Source.Copy(Positions), Positions = [.. Enumerable.Range(0, Count)] };

    /// <summary>Most of what its read holds belongs to others, or to nobody any more.</summary>
    public bool HoldsMoreThanItsOwn => Bytes < Source.Read.HeldBytes / 2;

    private long Bytes
    {
        get
        {
            ReadOnlySpan<QueuedEvent> events = Source.Read.Events;
            long bytes = 0;
            foreach (int position in Positions)
            {
                bytes += events[position].Length;
            }

            return bytes;
        }
    }
}
