using System.Text;
using Microsoft.Extensions.Time.Testing;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Tests.Queues;

/// <summary>What holds for every queue, wherever it keeps its events.</summary>
public abstract class EventQueueContract
{
    protected const int SmallBound = 10;

    private static readonly QueueReadBounds s_all = new(int.MaxValue, long.MaxValue);

    private readonly Batches _batches = new();

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A queue with room for <see cref="SmallBound"/> events of <see cref="Batches.Numbered"/> without padding, or for many.</summary>
    private protected abstract EventQueue Create(FullPolicy whenFull = FullPolicy.Wait, bool small = false);

    [Fact]
    public async Task Hands_out_what_was_appended_in_order_under_rising_numbers()
    {
        await using EventQueue queue = Create();
        await queue.AppendAsync(_batches.Numbered(1, 3), Token);
        await queue.AppendAsync(_batches.Numbered(4, 2), Token);
        using QueueRead read = await ReadAsync(queue);
        Assert.Equal([1L, 2, 3, 4, 5], read.Events.ToArray().Select(entry => entry.Number));
        Assert.Equal([1, 2, 3, 4, 5], read.Events.ToArray().Select(entry => (int)entry.Id));
        Assert.Equal([1, 2, 3, 4, 5], read.Events.ToArray().Select(entry => (int)(entry.Timestamp / 1_000_000_000)));
        Assert.All(read.Events.ToArray(), entry => Assert.Equal(Time.GetUtcNow().ToUnixTimeMilliseconds(), entry.Queued));
        Assert.Equal(Enumerable.Range(1, 5).Select(ordinal => Batches.Text(ordinal)), Documents(read));
        Assert.Equal(2, _batches.Completed);
    }

    [Fact]
    public async Task A_read_stays_as_it_is_whatever_goes_through_the_queue_meanwhile()
    {
        const int Padding = 50_000;
        await using EventQueue queue = Create();
        await queue.AppendAsync(_batches.Numbered(1, 3, Padding), Token);
        QueueRead kept = await ReadAsync(queue, s_all with { Events = 2 });
        Acknowledge(queue, kept);
        for (int turn = 0; turn < 60; turn++)
        {
            await queue.AppendAsync(_batches.Numbered((turn * 10) + 100, 10, Padding), Token);
            using QueueRead read = await ReadAsync(queue);
            Assert.Equal(Batches.Text((turn * 10) + 109, Padding), Documents(read).Last());
            Acknowledge(queue, read);
        }

        Assert.Equal([Batches.Text(1, Padding), Batches.Text(2, Padding)], Documents(kept));
        kept.Dispose();
        kept.Dispose();
        Assert.Equal(0, kept.Count);
    }

    [Fact]
    public async Task Reads_at_most_so_many_events()
    {
        await using EventQueue queue = Create();
        await queue.AppendAsync(_batches.Numbered(1, 5), Token);
        using QueueRead first = await ReadAsync(queue, s_all with { Events = 2 });
        using QueueRead second = await ReadAsync(queue, s_all with { Events = 2 });
        using QueueRead third = await ReadAsync(queue, s_all with { Events = 2 });
        Assert.Equal([2, 2, 1], [first.Count, second.Count, third.Count]);
        Assert.Equal(5, third.Events[0].Number);
    }

    [Fact]
    public async Task Reads_at_most_so_many_bytes_but_a_larger_event_alone()
    {
        await using EventQueue queue = Create();
        await queue.AppendAsync(_batches.Numbered(1, 1, padding: 5), Token);
        await queue.AppendAsync(_batches.Numbered(2, 1, padding: 5000), Token);
        await queue.AppendAsync(_batches.Numbered(3, 2, padding: 5), Token);
        QueueReadBounds bounds = s_all with { Bytes = 100 };
        using QueueRead first = await ReadAsync(queue, bounds);
        using QueueRead large = await ReadAsync(queue, bounds);
        using QueueRead last = await ReadAsync(queue, bounds);
        Assert.Equal([1, 1, 2], [first.Count, large.Count, last.Count]);
        Assert.True(large.Bytes > 5000);
    }

    [Fact]
    public async Task A_read_waits_for_the_first_event()
    {
        await using EventQueue queue = Create();
        ValueTask<QueueRead?> reading = queue.ReadAsync(s_all, Token);
        Assert.False(reading.IsCompleted);
        await queue.AppendAsync(_batches.Numbered(1, 1), Token);
        using QueueRead? read = await reading;
        Assert.Equal(1, read!.Count);
    }

    [Fact]
    public async Task A_read_waits_for_enough_events()
    {
        await using EventQueue queue = Create();
        ValueTask<QueueRead?> reading = queue.ReadAsync(s_all with { EnoughEvents = 3, Linger = TimeSpan.FromHours(1) }, Token);
        await queue.AppendAsync(_batches.Numbered(1, 2), Token);
        Assert.False(reading.IsCompleted);
        await queue.AppendAsync(_batches.Numbered(3, 2), Token);
        using QueueRead? read = await reading;
        Assert.Equal(4, read!.Count);
    }

    [Fact]
    public async Task A_read_waits_for_enough_events_only_so_long()
    {
        await using EventQueue queue = Create();
        await queue.AppendAsync(_batches.Numbered(1, 2), Token);
        ValueTask<QueueRead?> reading = queue.ReadAsync(s_all with { EnoughEvents = 3, Linger = TimeSpan.FromSeconds(10) }, Token);
        Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(reading.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(1));
        using QueueRead? read = await reading;
        Assert.Equal(2, read!.Count);
    }

    [Fact]
    public async Task A_full_queue_keeps_no_reader_waiting_for_more()
    {
        await using EventQueue queue = Create(FullPolicy.Wait, small: true);
        ValueTask appending = queue.AppendAsync(_batches.Numbered(1, SmallBound + 1), Token);
        using QueueRead read = await ReadAsync(queue, s_all with { EnoughEvents = 1000, Linger = TimeSpan.FromHours(1) });
        Assert.False(appending.IsCompleted);
        Assert.Equal(SmallBound, read.Count);
        Acknowledge(queue, read);
        await appending;
    }

    [Fact]
    public async Task Each_event_goes_to_one_reader()
    {
        await using EventQueue queue = Create();
        Task<List<long>>[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => DrainAsync(queue), Token))];
        for (int i = 0; i < 200; i++)
        {
            await queue.AppendAsync(_batches.Numbered((i * 50) + 1, 50), Token);
        }

        queue.CompleteAppending();
        List<long>[] numbers = await Task.WhenAll(readers);
        Assert.Equal(Enumerable.Range(1, 10_000).Select(number => (long)number), numbers.SelectMany(list => list).Order());
        Assert.Equal(0, queue.State.PendingEvents);
        AssertBalanced(queue.State);
    }

    [Fact]
    public async Task A_full_queue_waits_and_goes_on_when_there_is_room()
    {
        await using EventQueue queue = Create(FullPolicy.Wait, small: true);
        ValueTask appending = queue.AppendAsync(_batches.Numbered(1, SmallBound * 3), Token);
        Assert.True(queue.State.Full);
        Assert.Equal(0, _batches.Completed);
        var numbers = new List<long>();
        while (numbers.Count < SmallBound * 3)
        {
            using QueueRead read = await ReadAsync(queue);
            numbers.AddRange(read.Events.ToArray().Select(entry => entry.Number));
            Acknowledge(queue, read);
        }

        await appending;
        Assert.Equal(Enumerable.Range(1, SmallBound * 3).Select(number => (long)number), numbers);
        Assert.Equal(1, _batches.Completed);
        Assert.Equal(0, queue.State.Dropped.Total);
        AssertBalanced(queue.State);
    }

    [Fact]
    public async Task A_full_live_queue_drops_the_newest_and_counts_them()
    {
        await using EventQueue queue = Create(FullPolicy.DropNewest, small: true);
        await queue.AppendAsync(_batches.Numbered(1, SmallBound + 7), Token);
        Assert.Equal(new QueueDrops(7, 0, 0, 0), queue.State.Dropped);
        Assert.True(queue.State.Full);
        using QueueRead read = await ReadAsync(queue);
        Assert.Equal(Enumerable.Range(1, SmallBound).Select(ordinal => Batches.Text(ordinal)), Documents(read));
        Assert.Equal(1, _batches.Completed);
        AssertBalanced(queue.State);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_counts_what_found_no_place_and_completes_the_batch()
    {
        await using EventQueue queue = Create(FullPolicy.Wait, small: true);
        using var stop = new CancellationTokenSource();
        ValueTask appending = queue.AppendAsync(_batches.Numbered(1, SmallBound + 3), stop.Token);
        await stop.CancelAsync();
        await appending;
        Assert.Equal(new QueueDrops(0, 0, 0, 3), queue.State.Dropped);
        Assert.Equal(SmallBound, queue.State.Appended);
        Assert.Equal(1, _batches.Completed);
    }

    [Fact]
    public async Task A_read_that_is_cancelled_takes_nothing()
    {
        await using EventQueue queue = Create();
        using var stop = new CancellationTokenSource();
        ValueTask<QueueRead?> reading = queue.ReadAsync(s_all, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        await queue.AppendAsync(_batches.Numbered(1, 1), Token);
        using QueueRead read = await ReadAsync(queue);
        Assert.Equal(1, read.Count);
    }

    [Fact]
    public async Task After_the_last_event_of_a_completed_queue_comes_null()
    {
        await using EventQueue queue = Create();
        await queue.AppendAsync(_batches.Numbered(1, 1), Token);
        queue.CompleteAppending();
        using QueueRead read = await ReadAsync(queue);
        Assert.Null(await queue.ReadAsync(s_all, Token));
    }

    [Fact]
    public async Task A_reader_that_waits_is_told_the_end()
    {
        await using EventQueue queue = Create();
        ValueTask<QueueRead?> reading = queue.ReadAsync(s_all, Token);
        queue.CompleteAppending();
        Assert.Null(await reading);
    }

    [Fact]
    public async Task Acknowledging_in_any_order_and_twice_counts_each_event_once()
    {
        await using EventQueue queue = Create();
        await queue.AppendAsync(_batches.Numbered(1, 5), Token);
        using QueueRead read = await ReadAsync(queue);
        foreach (long number in new long[] { 4, 2, 4, 99, 0, -1, 5 })
        {
            queue.Acknowledge(number);
        }

        Assert.Equal(3, queue.State.Acknowledged);
        queue.Acknowledge(read, [true, false, false, false, true]);
        Assert.Equal(4, queue.State.Acknowledged);
        Assert.Equal(1, queue.State.PendingEvents);
        AssertBalanced(queue.State);
        queue.Acknowledge(3);
        Assert.Equal(0, queue.State.PendingEvents);
        AssertBalanced(queue.State);
    }

    [Fact]
    public async Task An_event_that_was_not_handed_out_cannot_be_acknowledged()
    {
        await using EventQueue queue = Create();
        await queue.AppendAsync(_batches.Numbered(1, 2), Token);
        queue.Acknowledge(1);
        Assert.Equal(0, queue.State.Acknowledged);
        using QueueRead read = await ReadAsync(queue);
        Assert.Equal(2, read.Count);
    }

    [Fact]
    public async Task The_oldest_pending_event_tells_the_lag()
    {
        await using EventQueue queue = Create();
        Assert.Null(queue.State.OldestPending);
        DateTimeOffset first = Time.GetUtcNow();
        await queue.AppendAsync(_batches.Numbered(1, 1), Token);
        Time.Advance(TimeSpan.FromSeconds(10));
        await queue.AppendAsync(_batches.Numbered(2, 1), Token);
        Assert.Equal(first, queue.State.OldestPending);
        using QueueRead read = await ReadAsync(queue);
        Assert.Equal(first, queue.State.OldestPending);
        queue.Acknowledge(1);
        Assert.Equal(first.AddSeconds(10), queue.State.OldestPending);
        queue.Acknowledge(2);
        Assert.Null(queue.State.OldestPending);
    }

    private protected static async Task<QueueRead> ReadAsync(EventQueue queue, QueueReadBounds? bounds = null) =>
        await queue.ReadAsync(bounds ?? s_all, Token) ?? throw new InvalidOperationException("the queue is at its end");

    private protected static void Acknowledge(EventQueue queue, QueueRead read) =>
        queue.Acknowledge(read, Enumerable.Repeat(true, read.Count).ToArray());

    private protected static IEnumerable<string> Documents(QueueRead read) =>
        Enumerable.Range(0, read.Count).Select(index => Encoding.UTF8.GetString(read.Document(index))).ToArray();

    private protected static void AssertBalanced(QueueState state) =>
        Assert.Equal(state.Found + state.Appended, state.Acknowledged + state.Corrupt + state.Dropped.Shutdown + state.PendingEvents);

    private static async Task<List<long>> DrainAsync(EventQueue queue)
    {
        var numbers = new List<long>();
        while (await queue.ReadAsync(s_all with { Events = 37 }, Token) is { } read)
        {
            numbers.AddRange(read.Events.ToArray().Select(entry => entry.Number));
            Acknowledge(queue, read);
            read.Dispose();
        }

        return numbers;
    }
}
