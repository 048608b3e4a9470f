using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Sinks.Queues.Spooling;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>What a sync puts on the disk, and what may wait for the next one.</summary>
public class SpoolSyncTests
{
    private static readonly SpoolOptions s_options = new(10_000_000_000, SegmentBytes: 1 << 20, 2048, 32 << 20, 1 << 20);

    [Fact]
    public void What_was_due_and_is_settled_lets_the_newest_records_wait()
    {
        var files = new MemoryFiles();
        using Spool spool = Filled(files, settled: 6);
        SpoolSync sync = Sync(spool, due: 7);
        Assert.Empty(sync.Segments);
        Assert.Equal(7, sync.Written);
        Assert.Equal(4, spool.Unsynced);

        using Spool next = Spool.Open(files.Killed(), EventLayout.Classic, s_options);
        Assert.Equal(4, next.Found);
    }

    [Fact]
    public void One_record_that_was_due_and_is_not_settled_brings_all_to_the_disk()
    {
        var files = new MemoryFiles();
        using Spool spool = Filled(files, settled: 5);
        SpoolSync sync = Sync(spool, due: 7);
        Assert.Single(sync.Segments);
        Assert.Equal(0, spool.Unsynced);

        using Spool next = Spool.Open(files.PoweredOff(), EventLayout.Classic, s_options);
        Assert.Equal(5, next.Found);
    }

    [Fact]
    public void What_waited_is_synced_by_the_next_one()
    {
        var files = new MemoryFiles();
        using Spool spool = Filled(files, settled: 6);
        Sync(spool, due: 7);
        Sync(spool, due: spool.Written);
        Assert.Equal(0, spool.Unsynced);

        using Spool next = Spool.Open(files.PoweredOff(), EventLayout.Classic, s_options);
        Assert.Equal(4, next.Found);
    }

    [Fact]
    public void After_a_power_cut_what_was_settled_before_a_sync_that_let_records_wait_does_not_come_back()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var files = new MemoryFiles(seed);
            using Spool spool = Filled(files, settled: 6);
            Sync(spool, due: 7);
            using Spool next = Spool.Open(files.PoweredOff(), EventLayout.Classic, s_options);
            using QueueRead? read = next.Take(new QueueReadBounds(100, long.MaxValue));
            Assert.All(read?.Events.ToArray() ?? [], entry => Assert.InRange(entry.Number, 7, 10));
            Assert.True(next.Next >= 7);
        }
    }

    /// <summary>Ten records, all of them handed out.</summary>
    private static Spool Filled(MemoryFiles files, int settled)
    {
        Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
        for (int ordinal = 1; ordinal <= 10; ordinal++)
        {
            byte[] document = Encoding.UTF8.GetBytes(Batches.Text(ordinal));
            spool.Append(new EventEntry(0, document.Length, (UInt128)ordinal, ordinal), document, ordinal);
        }

        spool.TryWrite();
        using QueueRead? read = spool.Take(new QueueReadBounds(100, long.MaxValue));
        for (int number = 1; number <= settled; number++)
        {
            spool.Window.Settle(number);
        }

        return spool;
    }

    private static SpoolSync Sync(Spool spool, long due)
    {
        SpoolSync sync = spool.BeginSync(due);
        sync.Run();
        spool.EndSync(sync);
        return sync;
    }
}
