using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Queues;

public sealed class MemoryQueueTests : EventQueueContract
{
    private protected override EventQueue Create(FullPolicy whenFull = FullPolicy.Wait, bool small = false) =>
        new MemoryQueue(EventLayout.Classic, new MemoryQueueOptions { Events = small ? SmallBound : 100_000, WhenFull = whenFull }, Time);

    [Fact]
    public async Task Reads_say_the_layout()
    {
        await using var queue = new MemoryQueue(EventLayout.Ecs, new MemoryQueueOptions(), Time);
        await queue.AppendAsync(new Batches().Numbered(1, 1), Token);
        using QueueRead read = await ReadAsync(queue);
        Assert.Equal(EventLayout.Ecs, read.Layout);
    }

    [Fact]
    public async Task Closing_drops_what_is_left_and_counts_it()
    {
        var queue = new MemoryQueue(EventLayout.Classic, new MemoryQueueOptions(), Time);
        await queue.AppendAsync(new Batches().Numbered(1, 5), Token);
        using QueueRead read = await ReadAsync(queue, new QueueReadBounds(2, long.MaxValue));
        queue.Acknowledge(1);
        await queue.DisposeAsync();
        Assert.Equal(4, queue.State.Dropped.Shutdown);
        Assert.Equal(0, queue.State.PendingEvents);
        AssertBalanced(queue.State);
    }

    [Fact]
    public async Task The_bound_of_bytes_holds_too()
    {
        var options = new MemoryQueueOptions { Bytes = 10_000, WhenFull = FullPolicy.DropNewest };
        await using var queue = new MemoryQueue(EventLayout.Classic, options, Time);
        await queue.AppendAsync(new Batches().Numbered(1, 20, padding: 1000), Token);
        await queue.AppendAsync(new Batches().Numbered(21, 1, padding: 20_000), Token);
        Assert.InRange(queue.State.PendingBytes, 9_000, 10_000);
        Assert.Equal(11, queue.State.Dropped.QueueFull);
        Assert.Equal(1, queue.State.Dropped.TooLarge);
    }

    [Fact]
    public async Task Documents_larger_than_a_block_come_through()
    {
        await using EventQueue queue = Create();
        int large = DocumentBlockPool.BlockBytes + 1;
        await queue.AppendAsync(new Batches().Numbered(1, 3, padding: large), Token);
        await queue.AppendAsync(new Batches().Numbered(4, 1), Token);
        using QueueRead read = await ReadAsync(queue);
        Assert.Equal([Batches.Text(1, large), Batches.Text(2, large), Batches.Text(3, large), Batches.Text(4)], Documents(read));
    }

    [Fact]
    public async Task An_event_costs_no_allocation_once_the_queue_is_warm()
    {
        await using EventQueue queue = Create();
        EventBatch batch = new Batches().Numbered(1, 1000, padding: 500);
        Turn(queue, batch);
        long allocated = Allocations.Of(() => Turn(queue, batch));
        Assert.InRange(allocated, 0, 8 * batch.Count);
    }

    private static void Turn(EventQueue queue, EventBatch batch)
    {
        queue.AppendAsync(batch, default).AsTask().GetAwaiter().GetResult();
        using QueueRead read = queue.ReadAsync(new QueueReadBounds(int.MaxValue, long.MaxValue), default).AsTask().GetAwaiter().GetResult()!;
        Acknowledge(queue, read);
    }
}
