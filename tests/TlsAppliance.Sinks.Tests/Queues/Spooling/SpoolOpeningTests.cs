using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Sinks.Queues.Spooling;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

public class SpoolOpeningTests
{
    private static readonly SpoolOptions s_options = new(10_000_000_000, SegmentBytes: 100_000, 2048, 32 << 20, 1 << 20);

    [Fact]
    public void Opening_reads_the_headers_and_the_cursor_alone()
    {
        MemoryFiles files = Filled(megabytes: 20);
        long before = files.BytesRead;
        using Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
        int segments = files.Names.Count() - 1;
        Assert.True(segments > 150);
        Assert.True(files.BytesRead - before <= (segments * SegmentHeader.Length) + QueueCursor.FileLength);
        Assert.Equal(spool.Next - 1, spool.Found);
    }

    [Fact]
    public void Opening_after_a_kill_reads_the_last_segment_at_most()
    {
        MemoryFiles files = Filled(megabytes: 20);
        files.Delete(QueueCursor.FileName);
        long before = files.BytesRead;
        using Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
        Assert.True(files.BytesRead - before <= ((files.Names.Count() - 1) * SegmentHeader.Length) + s_options.SegmentBytes);
        Assert.Equal(spool.Next - 1, spool.Found);
    }

    [Fact]
    public void A_segment_that_was_begun_without_a_record_is_no_obstacle()
    {
        MemoryFiles files = Filled(megabytes: 0);
        using (Spool spool = Spool.Open(files, EventLayout.Classic, s_options))
        {
            Append(spool, 1);
            Sync(spool);
        }

        files[SegmentHeader.NameOf(2)] = [];
        using Spool next = Spool.Open(files, EventLayout.Classic, s_options);
        Append(next, 1);
        Sync(next);
        Assert.Null(next.Problem);
        using QueueRead? read = next.Take(new QueueReadBounds(10, long.MaxValue));
        Assert.Equal(2, read!.Count);
    }

    [Fact]
    public void Restarts_without_events_leave_no_files()
    {
        MemoryFiles files = Filled(megabytes: 0);
        for (int i = 0; i < 5; i++)
        {
            using Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
            Sync(spool);
        }

        Assert.True(files.Names.Count() <= 1);
    }

    private static MemoryFiles Filled(int megabytes)
    {
        var files = new MemoryFiles();
        using Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
        Append(spool, megabytes * 20);
        Sync(spool);
        return files;
    }

    private static void Append(Spool spool, int count)
    {
        byte[] document = Encoding.UTF8.GetBytes(Batches.Text(1, 50_000 - 100));
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(AppendOutcome.Stored, spool.Append(new EventEntry(0, document.Length, UInt128.One, 1), document, 1));
        }

        spool.TryWrite();
    }

    private static void Sync(Spool spool)
    {
        SpoolSync sync = spool.BeginSync();
        sync.Run();
        spool.EndSync(sync);
    }
}
