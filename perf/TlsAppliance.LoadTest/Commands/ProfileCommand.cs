using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Pipeline;
using TlsAppliance.Sinks;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>profile</c>: the engine in this process, pass after pass, for profilers and for the figures of a warm machine.</summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "capture file" };
        var passes = new Option<int>("--passes") { Description = "how often", DefaultValueFactory = _ => 10 };
        var shards = new Option<int>("--shards") { Description = "0: one per core" };
        var inline = new Option<bool>("--inline") { Description = "one shard on the reading thread, without lanes and actors" };
        var command = new Command("profile", "Run the engine over a capture several times and print what each pass cost.") { file, passes, shards, inline };
        command.SetAction(parsed =>
        {
            var options = new PipelineOptions { Shards = parsed.GetValue(shards) };
            for (int pass = 0; pass < parsed.GetValue(passes); pass++)
            {
                RunOnce(parsed.GetValue(file)!, options, parsed.GetValue(inline));
            }

            return 0;
        });
        return command;
    }

    private static void RunOnce(string file, PipelineOptions options, bool inline)
    {
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        long allocated = GC.GetTotalAllocatedBytes();
        long start = Stopwatch.GetTimestamp();
        using var source = new MergedCaptureSource(CaptureInputs.Resolve([file]));
        PipelineCounters counters = Run(source, options, inline);
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{wall:F3} s wall, {spent:F3} s CPU, {spent * 1e9 / counters.Frames:F0} ns/frame, {spent * 1e6 / Math.Max(1, counters.Events):F2} us/event, " +
            $"{counters.Frames / spent / 1e6:F2} M frames per CPU s, {(GC.GetTotalAllocatedBytes() - allocated) / (double)counters.Frames:F2} B/frame, {counters.Events} events"));
    }

    private static PipelineCounters Run(MergedCaptureSource source, PipelineOptions options, bool inline)
    {
        if (inline)
        {
            var pipeline = new ReplayPipeline(options, new NullSink());
            pipeline.Run(source, CancellationToken.None);
            return pipeline.Counters;
        }

        var engine = new AppliancePipeline(options, new NullSink());
        engine.Run(source, CancellationToken.None);
        return engine.Counters;
    }
}
