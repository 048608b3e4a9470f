using System.Buffers.Binary;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Configuration;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Delivery;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Shards;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline;

/// <summary>
/// The engine: one ordered stage hashes the connections onto lanes, a supervised shard at the end of each reads them, one sink takes the events. Everything is bounded:
/// a full lane makes the dispatcher wait, a full event channel the shards.
/// </summary>
public sealed class AppliancePipeline
{
    private const string Actors =
        """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          coordinated-shutdown.run-by-actor-system-terminate = off
          coordinated-shutdown.terminate-actor-system = off
        }
        shard-dispatcher.type = PinnedDispatcher
        """;

    /// <summary>What is collected for a shard waits at most so long for a full batch.</summary>
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(10);

    private readonly PipelineOptions _options;
    private readonly IEventSink _sink;
    private readonly IFrameRecorder? _recorder;
    private readonly TimeProvider _time;
    private readonly FlowHash _hash = new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));
    private readonly Lane[] _lanes;
    private readonly PipelineCounters[] _cells;
    private readonly ShardHealth[] _health;
    private readonly FrameDispatcher _dispatcher;
    private readonly SnapshotBoard _board;
    private long _lastFlush;

    public AppliancePipeline(PipelineOptions options, IEventSink sink, IFrameRecorder? recorder = null, TimeProvider? time = null)
    {
        (_options, _sink, _recorder, _time) = (options, sink, recorder, time ?? TimeProvider.System);
        int shards = options.Shards > 0 ? options.Shards : Environment.ProcessorCount;
        _lanes = [.. Enumerable.Range(0, shards).Select(index => new Lane(index))];
        _cells = [.. _lanes.Select(_ => new PipelineCounters())];
        _health = [.. _lanes.Select(_ => new ShardHealth())];
        _dispatcher = new FrameDispatcher(options, _hash, _lanes);
        _board = new SnapshotBoard(shards);
    }

    /// <summary>How the shards fare, by lane.</summary>
    public IReadOnlyList<ShardHealth> Health => _health;

    /// <summary>The last complete snapshot of all counters, or null.</summary>
    public AccountingSnapshot? LatestSnapshot => _board.Latest;

    /// <summary>Sum of all cells. While running, cells of different stages are not of one moment; see <see cref="LatestSnapshot"/> for that.</summary>
    public PipelineCounters Counters
    {
        get
        {
            var total = new PipelineCounters();
            _dispatcher.Counters.AddTo(total);
            foreach (PipelineCounters cells in _cells)
            {
                cells.AddTo(total);
            }

            total.Drained = _health.Sum(health => health.Drained);
            return total;
        }
    }

    /// <summary>Made for tests: what a shard is made of, and what is called before each frame of a lane.</summary>
    internal Func<int, Func<Shard>, Func<Shard>>? ShardFactory { get; init; }

    internal RestartPolicy Restarts { get; init; } = new();

    /// <summary>Asks for a snapshot; see <see cref="LatestSnapshot"/>.</summary>
    public long RequestSnapshot() => _board.Request();

    /// <summary>
    /// Reads the source to its end, or until cancelled: then no open session is published. Returns when the sink has taken everything. A failure of the sink is thrown.
    /// </summary>
    public void Run(ICaptureSource source, CancellationToken cancellationToken)
    {
        var events = new EventChannel();
        var shardsEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sinkEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using ActorSystem system = ActorSystem.Create("appliance", ConfigurationFactory.ParseString(Actors));
        system.ActorOf(SinkActor.Props(events, _sink, sinkEnded, cancellationToken), "sink");
        system.ActorOf(ShardSupervisor.Props(_lanes, ShardProps(events), Restarts, _time, _health, shardsEnded), "shards");
        try
        {
            Read(source, sinkEnded.Task, cancellationToken);
        }
        finally
        {
            _dispatcher.Complete(publishes: !cancellationToken.IsCancellationRequested);
            shardsEnded.Task.GetAwaiter().GetResult();
            events.Writer.TryComplete();
            Task ended = Task.WhenAny(sinkEnded.Task).GetAwaiter().GetResult();
            system.Terminate().GetAwaiter().GetResult();
            Finish(ended, cancellationToken);
        }
    }

    private void Read(ICaptureSource source, Task sink, CancellationToken cancellationToken)
    {
        _lastFlush = _time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested && !sink.IsFaulted && TryRead(source, out FrameRun run))
        {
            _dispatcher.Dispatch(run);
            long number = _board.Begin(_dispatcher.Counters);
            if (number != 0)
            {
                _dispatcher.Mark(LaneEntryKind.Snapshot, number);
            }

            FlushWhenDue();
        }
    }

    /// <summary>Frames that have arrived do not wait for those that have not.</summary>
    private bool TryRead(ICaptureSource source, out FrameRun run)
    {
        if (source.MayWait)
        {
            _dispatcher.Flush();
        }

        return source.TryRead(out run);
    }

    private void FlushWhenDue()
    {
        long now = _time.GetTimestamp();
        if (_time.GetElapsedTime(_lastFlush, now) >= FlushInterval)
        {
            _lastFlush = now;
            _dispatcher.Flush();
        }
    }

    private Func<Lane, Props> ShardProps(EventChannel events)
    {
        EventOutlet[] outlets = [.. _lanes.Select(_ => new EventOutlet(events))];
        return lane =>
        {
            int index = lane.Index;
            PipelineCounters cells = _cells[index];
            EventOutlet outlet = outlets[index];
            Func<Shard> create = () => new Shard(_options, _hash, cells, outlet.Add, _recorder);
            return ShardActor.Props(lane, outlet, ShardFactory?.Invoke(index, create) ?? create, cells, _board);
        };
    }

    private void Finish(Task sink, CancellationToken cancellationToken)
    {
        FragmentCounts();
        if (sink.Exception?.InnerException is { } failure && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void FragmentCounts() => _dispatcher.Fragments.CopyNamedCounters(_cells[0].Named);
}
