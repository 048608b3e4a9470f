using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TlsAppliance.Events;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>
/// This test program as another process with a limit of a file's size: it fills a queue beyond the limit, reads it, has the limit lifted and ends in order. One line on its
/// output for each step.
/// </summary>
internal static partial class FileLimitProcess
{
    /// <summary>Events that are appended, in one batch each.</summary>
    public const int Events = 100;

    private const string DirectoryVariable = "TLS_APPLIANCE_TEST_FILE_LIMIT";
    private const int DocumentBytes = 500;
    private const ulong LimitBytes = 10_000;

    /// <summary>RLIMIT_FSIZE of Linux.</summary>
    private const int FileSize = 1;

    public static DiskQueueOptions Options(string directory) => new()
    {
        Path = directory, RetryInterval = TimeSpan.FromMilliseconds(5), MaximumRetryInterval = TimeSpan.FromMilliseconds(20),
    };

    public static ToolProcess Run(string directory)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        return ToolProcess.Run("env", [$"{DirectoryVariable}={directory}", host, "exec", typeof(FileLimitProcess).Assembly.Location]);
    }

    /// <summary>Before the tests' own beginning, so that this program is the limited one and nothing else.</summary>
    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } directory)
        {
            Fill(directory);
            Environment.Exit(0);
        }
    }

    private static void Fill(string directory)
    {
        Limit limit = default;
        _ = GetLimit(FileSize, ref limit);
        Limit low = limit with { Soft = LimitBytes };
        if (SetLimit(FileSize, ref low) != 0)
        {
            Tell("no limit");
            return;
        }

        DiskQueue queue = DiskQueue.Open(EventLayout.Classic, Options(directory), TimeProvider.System);
        for (int i = 1; i <= Events; i++)
        {
            queue.AppendAsync(new Batches().Numbered(i, 1, DocumentBytes), default).AsTask().GetAwaiter().GetResult();
        }

        Tell(queue.State.Problem ?? "no problem");
        using QueueRead? read = queue.ReadAsync(new QueueReadBounds(int.MaxValue, long.MaxValue), default).AsTask().GetAwaiter().GetResult();
        Tell(string.Create(CultureInfo.InvariantCulture, $"{read!.Count} read, {queue.State.Dropped.Total} dropped"));
        _ = SetLimit(FileSize, ref limit);
        long began = Stopwatch.GetTimestamp();
        while (queue.State.Problem is not null && Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1))
        {
            Thread.Yield();
        }

        queue.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Tell(queue.State.Problem ?? "no problem");
    }

    private static void Tell(string line)
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, ref Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ref Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard);
}
