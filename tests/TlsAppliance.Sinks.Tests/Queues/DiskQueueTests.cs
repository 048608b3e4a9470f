using TlsAppliance.Events;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Sinks.Queues.Spooling;
using TlsAppliance.Sinks.Tests.Queues.Spooling;

namespace TlsAppliance.Sinks.Tests.Queues;

public sealed class DiskQueueTests : EventQueueContract
{
    /// <summary>Ten events of some 78 bytes and two segment headers, not eleven.</summary>
    private const int SmallBytes = 900;

    private static readonly QueueReadBounds s_all = new(int.MaxValue, long.MaxValue);

    private readonly Batches _batches = new();

    private protected override EventQueue Create(FullPolicy whenFull = FullPolicy.Wait, bool small = false) =>
        Open(new MemoryFiles(), small ? SmallBytes : 1 << 30, whenFull);

    [Fact]
    public async Task What_is_not_acknowledged_is_read_again_from_the_next_queue_over_the_directory()
    {
        var files = new MemoryFiles();
        await using (DiskQueue queue = Open(files))
        {
            await queue.AppendAsync(_batches.Numbered(1, 6), Token);
            using QueueRead read = await ReadAsync(queue, s_all with { Events = 5 });
            queue.Acknowledge(read, [true, true, false, true, false]);
        }

        await using DiskQueue next = Open(files);
        using QueueRead again = await ReadAsync(next);
        Assert.Equal([3L, 4, 5, 6], again.Events.ToArray().Select(entry => entry.Number));
        Assert.Equal([Batches.Text(3), Batches.Text(4), Batches.Text(5), Batches.Text(6)], Documents(again));
        Assert.Equal(4, next.State.Found);
        AssertBalanced(next.State);
    }

    [Fact]
    public async Task Numbers_go_on_over_restarts_though_nothing_is_left()
    {
        var files = new MemoryFiles();
        await using (DiskQueue queue = Open(files))
        {
            await queue.AppendAsync(_batches.Numbered(1, 3), Token);
            using QueueRead read = await ReadAsync(queue);
            Acknowledge(queue, read);
        }

        Assert.Equal([QueueCursor.FileName], files.Names);
        await using DiskQueue next = Open(files);
        await next.AppendAsync(_batches.Numbered(4, 1), Token);
        using QueueRead later = await ReadAsync(next);
        Assert.Equal(4, later.Events[0].Number);
    }

    [Fact]
    public async Task Events_of_the_other_layout_come_in_a_read_of_their_own()
    {
        var files = new MemoryFiles();
        await using (DiskQueue queue = Open(files))
        {
            await queue.AppendAsync(_batches.Numbered(1, 2), Token);
        }

        await using DiskQueue next = Open(files, layout: EventLayout.Ecs);
        await next.AppendAsync(_batches.Numbered(3, 2), Token);
        using QueueRead old = await ReadAsync(next);
        using QueueRead ours = await ReadAsync(next);
        Assert.Equal([(EventLayout.Classic, 2), (EventLayout.Ecs, 2)], [(old.Layout, old.Count), (ours.Layout, ours.Count)]);
    }

    [Fact]
    public async Task A_reader_that_keeps_up_reads_no_file()
    {
        var files = new MemoryFiles();
        await using DiskQueue queue = Open(files);
        for (int turn = 0; turn < 20; turn++)
        {
            await queue.AppendAsync(_batches.Numbered((turn * 10) + 1, 10, padding: 500), Token);
            using QueueRead read = await ReadAsync(queue);
            Assert.Equal(10, read.Count);
        }

        Assert.Equal(0, files.BytesRead);
    }

    [Fact]
    public async Task A_reader_that_falls_behind_and_catches_up_gets_all_in_order_and_reads_little_twice()
    {
        const int Events = 400;
        var files = new MemoryFiles();
        var options = new DiskQueueOptions { Path = "memory", RecentBytes = 30_000 };
        await using DiskQueue queue = DiskQueue.Open(files, EventLayout.Classic, options, Time);
        var read = new List<string>();
        for (int ordinal = 1; ordinal <= Events; ordinal += 20)
        {
            // Thirty thousand bytes are some fifty events: the reader is behind, then with the writer, and behind again.
            await queue.AppendAsync(_batches.Numbered(ordinal, 20, padding: 500), Token);
            using QueueRead some = await ReadAsync(queue, s_all with { Events = ordinal % 200 == 181 ? 200 : 5 });
            read.AddRange(Documents(some));
        }

        queue.CompleteAppending();
        while (await queue.ReadAsync(s_all, Token) is { } rest)
        {
            read.AddRange(Documents(rest));
            rest.Dispose();
        }

        Assert.Equal(Enumerable.Range(1, Events).Select(ordinal => Batches.Text(ordinal, 500)), read);
        Assert.Equal(0, queue.State.Corrupt);
        Assert.InRange(files.BytesRead, 1, files.Used * 2);
    }

    [Fact]
    public async Task Acknowledged_segments_are_deleted()
    {
        var files = new MemoryFiles();
        await using DiskQueue queue = Open(files, maximumBytes: 10_000);
        await queue.AppendAsync(_batches.Numbered(1, 10, padding: 500), Token);
        Assert.True(files.Used > 5000);
        using QueueRead read = await ReadAsync(queue);
        Acknowledge(queue, read);
        await queue.FlushAsync(Token);
        Assert.True(files.Used < 5000 + QueueCursor.FileLength);
        Assert.Equal(files.Used - QueueCursor.FileLength, queue.State.PendingBytes);
    }

    [Fact]
    public async Task A_flush_makes_everything_durable()
    {
        var files = new MemoryFiles();
        await using DiskQueue queue = Open(files);
        await queue.AppendAsync(_batches.Numbered(1, 7), Token);
        await queue.FlushAsync(Token);
        Assert.Equal(0, queue.State.Unsynced);
        await using DiskQueue next = Open(files.PoweredOff());
        Assert.Equal(7, next.State.PendingEvents);
    }

    [Fact]
    public async Task The_sync_interval_passes_and_what_was_appended_is_durable()
    {
        var files = new MemoryFiles();
        await using DiskQueue queue = Open(files);
        await queue.FlushAsync(Token);
        await queue.AppendAsync(_batches.Numbered(1, 7), Token);
        await UntilAsync(() => queue.State.Unsynced == 0, advance: TimeSpan.FromMilliseconds(500));
        await using DiskQueue next = Open(files.PoweredOff());
        Assert.Equal(7, next.State.PendingEvents);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(0, 1000)]
    public async Task So_many_new_events_or_bytes_are_synced_at_once(int events, long bytes)
    {
        var files = new MemoryFiles();
        var options = new DiskQueueOptions { Path = "memory", SyncEvents = events, SyncBytes = bytes };
        await using DiskQueue queue = DiskQueue.Open(files, EventLayout.Classic, options, Time);
        await queue.AppendAsync(_batches.Numbered(1, 5, padding: 300), Token);
        await UntilAsync(() => queue.State.Unsynced == 0);
        Assert.Equal(5, queue.State.PendingEvents);
    }

    [Fact]
    public async Task On_a_full_disk_events_wait_in_memory_and_are_delivered_from_there()
    {
        var files = new MemoryFiles { Capacity = 1000 };
        await using DiskQueue queue = Open(files, whenFull: FullPolicy.DropNewest);
        await queue.AppendAsync(_batches.Numbered(1, 10, padding: 400), Token);
        Assert.Equal("cannot write memory: No space left on device", queue.State.Problem);
        Assert.Equal(0, queue.State.Dropped.Total);
        for (int turn = 0; turn < 10; turn++)
        {
            using QueueRead read = await ReadAsync(queue);
            Assert.Equal(Enumerable.Range((turn * 10) + 1, 10).Select(ordinal => Batches.Text(ordinal, 400)), Documents(read));
            Acknowledge(queue, read);
            await queue.AppendAsync(_batches.Numbered((turn * 10) + 11, 10, padding: 400), Token);
        }

        Assert.Equal(0, queue.State.Dropped.Total);
        AssertBalanced(queue.State);
    }

    [Fact]
    public async Task On_a_full_disk_the_memory_is_bounded_and_the_rest_is_counted()
    {
        var files = new MemoryFiles { Capacity = 1000 };
        await using DiskQueue queue = Open(files, whenFull: FullPolicy.DropNewest);
        for (int i = 0; i < 30; i++)
        {
            await queue.AppendAsync(_batches.Numbered((i * 100) + 1, 100), Token);
        }

        Assert.InRange(queue.State.Dropped.DiskUnwritable, 3000 - 2048 - 100, 3000 - 2048);
        Assert.True(queue.State.Full);
        AssertBalanced(queue.State);
    }

    [Fact]
    public async Task When_the_disk_has_room_again_spooling_goes_on_by_itself()
    {
        var files = new MemoryFiles { Capacity = 1000 };
        await using DiskQueue queue = Open(files, whenFull: FullPolicy.Wait);
        await queue.AppendAsync(_batches.Numbered(1, 1000), Token);
        ValueTask appending = queue.AppendAsync(_batches.Numbered(1001, 2000), Token);
        Assert.False(appending.IsCompleted);
        files.Capacity = long.MaxValue;
        await UntilAsync(() => appending.IsCompleted, advance: TimeSpan.FromSeconds(30));
        await queue.FlushAsync(Token);
        Assert.Null(queue.State.Problem);
        await using DiskQueue next = Open(files.PoweredOff());
        using QueueRead read = await ReadAsync(next);
        Assert.Equal(Enumerable.Range(1, 3000).Select(ordinal => Batches.Text(ordinal)), Documents(read));
    }

    [Fact]
    public async Task A_read_only_directory_is_delivered_and_keeps_nothing_from_starting_and_stopping()
    {
        var files = new MemoryFiles();
        await using (DiskQueue queue = Open(files))
        {
            await queue.AppendAsync(_batches.Numbered(1, 5), Token);
        }

        files.Refusal = new UnauthorizedAccessException("Access to the path is denied.");
        var readOnly = Open(files, whenFull: FullPolicy.DropNewest);
        await readOnly.AppendAsync(_batches.Numbered(6, 2), Token);
        using QueueRead read = await ReadAsync(readOnly);
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7], read.Events.ToArray().Select(entry => entry.Number));
        Acknowledge(readOnly, read);
        await readOnly.DisposeAsync();
        Assert.NotNull(readOnly.State.Problem);
        Assert.Equal(0, readOnly.State.Dropped.Total);
    }

    [Fact]
    public async Task What_no_disk_took_is_counted_when_the_queue_closes()
    {
        var files = new MemoryFiles { Refusal = new IOException("Input/output error", 5) };
        DiskQueue queue = Open(files);
        await queue.AppendAsync(_batches.Numbered(1, 5), Token);
        using QueueRead read = await ReadAsync(queue, s_all with { Events = 2 });
        queue.Acknowledge(2);
        await queue.DisposeAsync();
        Assert.Equal(4, queue.State.Dropped.Shutdown);
        Assert.Equal(0, queue.State.PendingEvents);
        AssertBalanced(queue.State);
    }

    [Fact]
    public async Task An_event_larger_than_the_queue_takes_is_dropped_and_counted_not_waited_for()
    {
        await using DiskQueue queue = Open(new MemoryFiles(), maximumBytes: 10_000);
        await queue.AppendAsync(_batches.Numbered(1, 1, padding: 6000), Token);
        await queue.AppendAsync(_batches.Numbered(2, 1, padding: 4000), Token);
        Assert.Equal(1, queue.State.Dropped.TooLarge);
        Assert.Equal(1, queue.State.PendingEvents);
    }

    [Fact]
    public async Task A_queue_of_another_version_is_refused_in_one_sentence_and_left_alone()
    {
        var files = new MemoryFiles();
        await using (DiskQueue queue = Open(files))
        {
            await queue.AppendAsync(_batches.Numbered(1, 5), Token);
        }

        string name = SegmentHeader.NameOf(1);
        byte[] segment = files[name];
        segment[8] = 2;
        BitConverter.TryWriteBytes(segment.AsSpan(24), System.IO.Hashing.XxHash3.HashToUInt64(segment.AsSpan(0, 24)));
        byte[] before = [.. segment];
        files.Fuse = -1;
        QueueFormatException refusal = Assert.Throws<QueueFormatException>(() => Open(files));
        Assert.Equal(
            $"the disk queue's file {name} is of version 2, and this program reads version 1: let the program that wrote it deliver it, or move the directory away",
            refusal.Message);
        Assert.Equal(before, files[name]);
    }

    private DiskQueue Open(MemoryFiles files, long maximumBytes = 1 << 30, FullPolicy whenFull = FullPolicy.Wait, EventLayout layout = EventLayout.Classic) =>
        DiskQueue.Open(files, layout, new DiskQueueOptions { Path = "memory", MaximumBytes = maximumBytes, WhenFull = whenFull }, Time);

    /// <summary>The queue works on a thread of its own; time passes only here.</summary>
    private async Task UntilAsync(Func<bool> condition, TimeSpan advance = default)
    {
        while (!condition())
        {
            Token.ThrowIfCancellationRequested();
            Time.Advance(advance);
            await Task.Yield();
        }
    }
}
