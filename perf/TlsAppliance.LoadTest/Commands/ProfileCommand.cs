using System.CommandLine;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Pipeline;
using TlsAppliance.Sinks;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>profile</c>: one engine over pass after pass, for profilers and for the figures of a warm machine.</summary>
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
            using var looped = new LoopedCaptureSource(CaptureInputs.Resolve([parsed.GetValue(file)!]), parsed.GetValue(passes));
            using var passMeter = new PassMeter(looped);
            Run(passMeter, options, parsed.GetValue(inline));
            return 0;
        });
        return command;
    }

    private static void Run(PassMeter source, PipelineOptions options, bool inline)
    {
        if (inline)
        {
            var pipeline = new ReplayPipeline(options, new NullSink());
            source.Events = () => pipeline.Counters.Events;
            pipeline.Run(source, CancellationToken.None);
            return;
        }

        var engine = new AppliancePipeline(options, new NullSink());
        source.Events = () => engine.Counters.Events;
        engine.Run(source, CancellationToken.None);
    }
}
