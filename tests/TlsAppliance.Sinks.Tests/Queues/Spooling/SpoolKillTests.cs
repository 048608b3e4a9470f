using System.Diagnostics;
using System.Globalization;
using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>A process that fills a queue is killed, again and again, over the same directory.</summary>
public sealed class SpoolKillTests : IDisposable
{
    private const int MostLines = 600;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each takes a start of the runtime.</summary>
    private static int Kills => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TLS_APPLIANCE_SOAK")) ? 6 : 200;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_9_at_any_moment_loses_nothing_that_was_appended_and_doubles_nothing()
    {
        var random = new Random(20261128);
        var acknowledged = new HashSet<long>();
        long appended = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            bool small = kill % 2 == 0;
            appended = Math.Max(appended, RunUntilKilled(small, random.Next(1, MostLines), random.Next(3000), acknowledged));
            appended = Math.Max(appended, await CheckAsync(small, acknowledged, appended));
        }

        Assert.True(appended > Kills);
    }

    /// <summary>Waits for so many lines, then a while that is not measured in anything that the writer does, then kills.</summary>
    private long RunUntilKilled(bool small, int lines, int spins, HashSet<long> acknowledged)
    {
        using Process writer = SpoolWriterProcess.Start(_folder.Path, small);
        using CancellationTokenRegistration stop = Token.Register(writer.Kill);
        long appended = 0;
        for (int line = 0; writer.StandardOutput.ReadLine() is { } text; line++)
        {
            if (line == lines)
            {
                Thread.SpinWait(spins);
                writer.Kill();
            }

            long number = long.Parse(text.AsSpan(2), CultureInfo.InvariantCulture);
            appended = text[0] == 'A' ? number : appended;
            _ = text[0] == 'K' && acknowledged.Add(number);
        }

        writer.WaitForExit();
        return appended;
    }

    private async Task<long> CheckAsync(bool small, HashSet<long> acknowledged, long appended)
    {
        await using DiskQueue queue = DiskQueue.Open(EventLayout.Classic, SpoolWriterProcess.Options(_folder.Path, small), TimeProvider.System);
        queue.CompleteAppending();
        var numbers = new HashSet<long>();
        while (await queue.ReadAsync(new QueueReadBounds(1000, long.MaxValue), Token) is { } read)
        {
            for (int i = 0; i < read.Count; i++)
            {
                Assert.True(numbers.Add(read.Events[i].Number));
                Assert.Equal(SpoolWriterProcess.Document(read.Events[i].Number), Encoding.UTF8.GetString(read.Document(i)));
            }

            read.Dispose();
        }

        Assert.Equal(0, queue.State.Corrupt);
        long[] lost = [.. Enumerable.Range(1, (int)appended).Select(number => (long)number).Except(numbers).Except(acknowledged)];
        Assert.Empty(lost);
        return numbers.Count > 0 ? numbers.Max() : appended;
    }
}
