using TlsAppliance.Events;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>A process that may not write files beyond a size: by default the signal that comes with it would end it.</summary>
public sealed class FileLimitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Beyond_the_limit_of_a_file_events_wait_in_memory_and_are_written_when_it_is_lifted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits of a process are set as Linux does");
        string directory = _folder.Combine("queue");
        ToolProcess process = FileLimitProcess.Run(directory);
        Assert.Equal(
            [$"cannot write {directory}: File too large", $"{FileLimitProcess.Events} read, 0 dropped", "no problem"],
            process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((0, ""), (process.ExitCode, process.Errors));

        await using DiskQueue queue = DiskQueue.Open(EventLayout.Classic, FileLimitProcess.Options(directory), TimeProvider.System);
        using QueueRead? read = await queue.ReadAsync(new QueueReadBounds(int.MaxValue, long.MaxValue), TestContext.Current.CancellationToken);
        Assert.Equal(FileLimitProcess.Events, read!.Count);
        Assert.Equal(0, queue.State.Corrupt);
    }
}
