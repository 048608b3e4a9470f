using TlsAppliance.Events;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>A real file system of two megabytes.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _mounted;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (_mounted)
        {
            ToolProcess.Run("umount", ["--lazy", _folder.Path]);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_full_file_system_costs_what_comes_meanwhile_and_spooling_resumes_by_itself()
    {
        Mount();
        string ballast = _folder.Combine("ballast");
        File.WriteAllBytes(ballast, new byte[1_000_000]);
        var options = new DiskQueueOptions
        {
            Path = _folder.Combine("queue"),
            SegmentBytes = 100_000,
            WriteAheadEvents = 50,
            SyncInterval = TimeSpan.FromMilliseconds(5),
            RetryInterval = TimeSpan.FromMilliseconds(5),
            MaximumRetryInterval = TimeSpan.FromMilliseconds(20),
        };
        var appended = new List<int>();
        await using (DiskQueue queue = DiskQueue.Open(EventLayout.Classic, options, TimeProvider.System))
        {
            int next = 1;
            while (queue.State.Dropped.DiskUnwritable == 0)
            {
                await AppendAsync(queue, next++, appended);
            }

            Assert.Equal($"cannot write {options.Path}: No space left on device", queue.State.Problem);
            Assert.InRange(appended.Count, 700, 1500);
            File.Delete(ballast);
            await UntilAsync(() => queue.State.Problem is null);

            for (int i = 0; i < 100; i++)
            {
                await AppendAsync(queue, next++, appended);
            }

            await queue.FlushAsync(Token);
            Assert.Equal(0, queue.State.Unsynced);
        }

        await using DiskQueue reopened = DiskQueue.Open(EventLayout.Classic, options, TimeProvider.System);
        using QueueRead? read = await reopened.ReadAsync(new QueueReadBounds(int.MaxValue, long.MaxValue), Token);
        Assert.Equal(appended, read!.Events.ToArray().Select(entry => (int)(entry.Timestamp / 1_000_000_000)));
        Assert.Equal(0, reopened.State.Corrupt);
    }

    [Fact]
    public async Task A_queue_that_filled_its_own_disk_drains_to_nothing()
    {
        Mount();
        var options = new DiskQueueOptions
        {
            Path = _folder.Combine("queue"),
            SegmentBytes = 200_000,
            SyncInterval = TimeSpan.FromMilliseconds(5),
            RetryInterval = TimeSpan.FromMilliseconds(5),
            MaximumRetryInterval = TimeSpan.FromMilliseconds(20),
        };
        var appended = new List<int>();
        await using DiskQueue queue = DiskQueue.Open(EventLayout.Classic, options, TimeProvider.System);
        for (int next = 1; queue.State.Dropped.Total == 0; next++)
        {
            await AppendAsync(queue, next, appended);
        }

        queue.CompleteAppending();
        int count = 0;
        while (await queue.ReadAsync(new QueueReadBounds(100, long.MaxValue), Token) is { } read)
        {
            count += read.Count;
            queue.Acknowledge(read, Enumerable.Repeat(true, read.Count).ToArray());
            read.Dispose();
        }

        Assert.Equal(appended.Count, count);
        Assert.Equal(0, queue.State.PendingEvents);

        // When not even the cursor had found a place, the first sync makes room and the second one saves it.
        await UntilAsync(() => queue.State is { Problem: null, PendingBytes: <= 200_000 });
    }

    [Fact]
    public async Task On_a_file_system_that_is_read_only_events_are_delivered_and_wait_in_memory()
    {
        Mount();
        var options = new DiskQueueOptions { Path = _folder.Combine("queue"), RetryInterval = TimeSpan.FromMilliseconds(5), MaximumRetryInterval = TimeSpan.FromMilliseconds(20) };
        await using (DiskQueue queue = DiskQueue.Open(EventLayout.Classic, options, TimeProvider.System))
        {
            await queue.AppendAsync(new Batches().Numbered(1, 5), Token);
        }

        Assert.Equal(0, ToolProcess.Run("mount", ["-o", "remount,ro", _folder.Path]).ExitCode);
        await using DiskQueue readOnly = DiskQueue.Open(EventLayout.Classic, options, TimeProvider.System);
        await readOnly.AppendAsync(new Batches().Numbered(6, 2), Token);
        Assert.Equal($"cannot write {options.Path}: Read-only file system", readOnly.State.Problem);
        using QueueRead? read = await readOnly.ReadAsync(new QueueReadBounds(int.MaxValue, long.MaxValue), Token);
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7], read!.Events.ToArray().Select(entry => entry.Number));
        Assert.Equal(0, readOnly.State.Dropped.Total);

        Assert.Equal(0, ToolProcess.Run("mount", ["-o", "remount,rw", _folder.Path]).ExitCode);
        await UntilAsync(() => readOnly.State is { Problem: null, Unsynced: 0 });
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(1, patience.Token);
        }
    }

    private static async Task AppendAsync(DiskQueue queue, int ordinal, List<int> appended)
    {
        long before = queue.State.Appended;
        await queue.AppendAsync(new Batches().Numbered(ordinal, 1, padding: 1000), Token);
        if (queue.State.Appended > before)
        {
            appended.Add(ordinal);
        }
    }

    private void Mount()
    {
        ToolProcess mount = ToolProcess.Run("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", _folder.Path]);
        _mounted = mount.ExitCode == 0;
        if (!_mounted && RepositoryRoot.IsContinuousIntegration)
        {
            Assert.Fail("no small file system can be mounted: " + mount.Errors);
        }

        Assert.SkipUnless(_mounted, "mounting a small file system needs root: " + mount.Errors.Trim());
    }
}
