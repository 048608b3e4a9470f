using TlsAppliance.Events;
using TlsAppliance.Sinks.Elasticsearch.Bulk;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Bulk;

public class BulkUnitTests
{
    private static BulkUnit New(int events)
    {
        var block = new DocumentBlock(new byte[events]);
        var read = new QueueRead(EventLayout.Ecs, events);
        for (int number = 0; number < events; number++)
        {
            block.Bytes[number] = (byte)('a' + number);
            read.Add(number + 100, (UInt128)number, number * 7, number, new DocumentPlace(block, number, 1));
        }

        return new BulkUnit(new SharedRead(read), [.. Enumerable.Range(0, events)]) { Attempts = 3, IsSuspect = true };
    }

    [Fact]
    public void A_slice_has_the_same_events_and_its_history()
    {
        BulkUnit slice = New(10).Slice(4..6);
        Assert.Equal((2, 3, true), (slice.Count, slice.Attempts, slice.IsSuspect));
        Assert.Equal((104, (byte)'e'), (slice.Event(0).Number, slice.Document(0)[0]));
    }

    [Fact]
    public void A_few_of_many_are_the_same_events_in_memory_of_their_own()
    {
        BulkUnit unit = New(10);
        BulkUnit few = unit.Slice(1..9).Again([2, 5], DateTimeOffset.UnixEpoch, "blocked");
        Assert.True(few.HoldsMoreThanItsOwn);

        BulkUnit alone = few.Alone();
        unit.Source.Read.Dispose();
        Assert.Equal(2, alone.Source.Read.Count);
        Assert.Equal((EventLayout.Ecs, 3, "blocked"), (alone.Source.Read.Layout, alone.Attempts, alone.Blocked));
        Assert.Equal([(103L, (UInt128)3, 21L, 3L, (byte)'d'), (106L, (UInt128)6, 42L, 6L, (byte)'g')], Enumerable.Range(0, 2).Select(at =>
        {
            QueuedEvent queued = alone.Event(at);
            return (queued.Number, queued.Id, queued.Timestamp, queued.Queued, alone.Document(at)[0]);
        }));
        Assert.False(alone.HoldsMoreThanItsOwn);
    }

    [Fact]
    public void A_read_is_given_back_with_its_last_event()
    {
        SharedRead source = New(3).Source;
        Assert.False(source.Settled(2));
        Assert.Equal(3, source.Read.Count);
        Assert.True(source.Settled(1));
        Assert.Equal(0, source.Read.Count);
    }
}
