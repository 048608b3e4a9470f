using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Configuration;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline;

/// <content>The engine behind interfaces instead of files: one dispatcher per capture, each on the capture's thread; nothing waits for the sink.</content>
public sealed partial class AppliancePipeline
{
    /// <summary>Batches per lane and capture: the pauses of a shard that shares its core with others, some milliseconds at a million frames a second.</summary>
    private const int LiveBatches = 4 * Lane.Batches;

    /// <summary>How the captures fare; empty for a replay.</summary>
    public IReadOnlyList<CaptureHealth> Captures => Array.ConvertAll(_feeds, feed => feed.Health);

    private LossEstimate Loss => field ??= new LossEstimate(() => Counters);

    /// <summary>When a failed capture is opened again: after 100 ms at first, and every two seconds at the latest.</summary>
    internal RestartPolicy Reopening { get; set; } = new() { FirstWait = TimeSpan.FromMilliseconds(100), LongestWait = TimeSpan.FromSeconds(2) };

    /// <summary>An engine for interfaces; see <see cref="RunLive"/>.</summary>
    public static AppliancePipeline ForInterfaces(
        PipelineOptions options, IEventSink sink, IReadOnlyList<LiveInput> inputs, IFrameRecorder? recorder = null, TimeProvider? time = null) =>
        new(options, sink, inputs, recorder, time);

    /// <summary>
    /// Captures until stopped. Then what waits in the rings is read, open sessions are published, and what is rendered is delivered, within the time that a stop has. A failure of the
    /// sink ends the captures and is thrown.
    /// </summary>
    public void RunLive(CancellationToken stop)
    {
        if (_hasRun || _feeds.Length == 0)
        {
            throw new InvalidOperationException("A pipeline runs once, and this way only with interfaces.");
        }

        _hasRun = true;
        using var giveUp = new CancellationTokenSource();
        using CancellationTokenRegistration stopping = stop.Register(() => giveUp.CancelAfter(StopDeadline));
        using ActorSystem system = ActorSystem.Create("appliance", ConfigurationFactory.ParseString(Actors));
        Task sink = StartSink(system, giveUp.Token);
        Task shards = StartShards(system);
        CollectStart();
        var captures = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool IsStopped() => stop.IsCancellationRequested || _events.Failure is not null;
        system.ActorOf(CaptureSupervisor.Props(_feeds, IsStopped, Reopening, _time, Loss, captures), "capture");
        captures.Task.GetAwaiter().GetResult();
        EndFeeds();
        shards.GetAwaiter().GetResult();
        _events.Writer.TryComplete();
        sink.GetAwaiter().GetResult();
        system.Terminate().GetAwaiter().GetResult();
        if (_events.Failure is { } failure && !(failure is OperationCanceledException && stop.IsCancellationRequested))
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>All captures have drained: this thread is the only one that uses the feeds.</summary>
    private void EndFeeds()
    {
        foreach (CaptureFeed feed in _feeds)
        {
            var fragments = new NamedCounters();
            feed.Dispatcher.Fragments.CopyNamedCounters(fragments);
            _cells[0].AddNamed(fragments);
        }

        // Snapshots that only some dispatchers have begun come first; then the last one covers everything.
        foreach (CaptureFeed feed in _feeds)
        {
            feed.CatchUp();
        }

        _board.Request();
        foreach (CaptureFeed feed in _feeds)
        {
            feed.End();
        }
    }
}
