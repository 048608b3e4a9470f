using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using TlsAppliance.Events;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>
/// This test program as another process that fills a queue until it is killed: <c>A n</c> on its output says that the event of number n was appended, <c>K n</c>
/// that it will be acknowledged now.
/// </summary>
internal static class SpoolWriterProcess
{
    private const string DirectoryVariable = "TLS_APPLIANCE_TEST_SPOOL";

    private const string SmallVariable = "TLS_APPLIANCE_TEST_SPOOL_SMALL";

    /// <summary>Segments so small that one is begun, closed or deleted at any moment, and memory for a few events, so that files are read, too.</summary>
    private const int SmallSegment = 20_000;
    private const int SmallMemory = 2000;

    /// <param name="directory">Of the queue.</param>
    /// <param name="small">Or else of the product's size.</param>
    public static DiskQueueOptions Options(string directory, bool small)
    {
        var options = new DiskQueueOptions { Path = directory, SyncInterval = TimeSpan.FromMilliseconds(5), WhenFull = FullPolicy.Wait };
        return small ? options with { SegmentBytes = SmallSegment, RecentBytes = SmallMemory } : options;
    }

    public static Process Start(string directory, bool small)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, ["exec", typeof(SpoolWriterProcess).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[DirectoryVariable] = directory;
        start.Environment[SmallVariable] = small.ToString();
        return Process.Start(start) ?? throw new InvalidOperationException("the writer did not start");
    }

    /// <summary>The document says which number it has.</summary>
    public static string Document(long number) => Batches.Text((int)number, (int)(number % 700));

    /// <summary>Before the tests' own beginning, so that this program is the writer and nothing else.</summary>
    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } directory)
        {
            Run(Options(directory, Environment.GetEnvironmentVariable(SmallVariable) == bool.TrueString));
        }
    }

    /// <summary>On this thread alone: the others may not enter this program before its beginning is over.</summary>
    private static void Run(DiskQueueOptions options)
    {
        DiskQueue queue = DiskQueue.Open(EventLayout.Classic, options, TimeProvider.System);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        long next = queue.NumberOfNext;
        while (true)
        {
            int count = (int)(next % 7) + 1;
            queue.AppendAsync(new Batches().Of([.. Enumerable.Range(0, count).Select(i => Document(next + i))]), default).AsTask().GetAwaiter().GetResult();
            next += count;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A {next - 1}"));
            if (next % 3 == 0)
            {
                ReadSome(queue, output);
            }
        }
    }

    private static void ReadSome(DiskQueue queue, StreamWriter output)
    {
        using QueueRead? read = queue.ReadAsync(new QueueReadBounds(4, long.MaxValue), default).AsTask().GetAwaiter().GetResult();
        foreach (QueuedEvent entry in read!.Events)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"K {entry.Number}"));
            queue.Acknowledge(entry.Number);
        }
    }
}
