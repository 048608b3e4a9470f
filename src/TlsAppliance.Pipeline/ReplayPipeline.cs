using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline;

/// <summary>Drives one shard inline over recorded input: the simplest form of the engine, deterministic and single-threaded.</summary>
public sealed class ReplayPipeline
{
    public ReplayPipeline(PipelineOptions options, IEventSink sink)
    {
        _ = options;
        _ = sink;
    }

    /// <summary>Live view; safe to read while running.</summary>
    public PipelineCounters Counters { get; } = new();

    /// <summary>Reads the source to its end (or until cancelled: then no open session is published).</summary>
    public void Run(ICaptureSource source, CancellationToken cancellationToken)
    {
    }
}
