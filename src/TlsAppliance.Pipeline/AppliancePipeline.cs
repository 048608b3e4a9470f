using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Configuration;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Capture;
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
public sealed partial class AppliancePipeline
{
    private const string Actors =
        $$"""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          loggers = []
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          coordinated-shutdown.run-by-actor-system-terminate = off
          coordinated-shutdown.terminate-actor-system = off
          scheduler.implementation = "TlsAppliance.Pipeline.Supervision.{{nameof(TimerScheduler)}}, TlsAppliance.Pipeline"
          actor.serializers.json = "TlsAppliance.Pipeline.Supervision.{{nameof(NoSerializer)}}, TlsAppliance.Pipeline"
          actor.serializers.bytes = "TlsAppliance.Pipeline.Supervision.{{nameof(NoSerializer)}}, TlsAppliance.Pipeline"
        }
        {{ShardActor.Dispatcher}}.type = "TlsAppliance.Pipeline.Supervision.{{nameof(OwnThreadConfigurator)}}, TlsAppliance.Pipeline"
        {{SinkActor.Dispatcher}}.type = "TlsAppliance.Pipeline.Supervision.{{nameof(OwnThreadConfigurator)}}, TlsAppliance.Pipeline"
        {{CaptureActor.Dispatcher}}.type = "TlsAppliance.Pipeline.Supervision.{{nameof(OwnThreadConfigurator)}}, TlsAppliance.Pipeline"
        """;

    /// <summary>What is collected for a shard waits at most so long for a full batch.</summary>
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Of these, so many are kept back that a shard on the same core is woken for half of its lane at once, which costs as much as for one.</summary>
    private const int ReplayBatches = 2 * Lane.Batches;

    private readonly PipelineOptions _options;
    private readonly IEventSink _sink;
    private readonly IFrameRecorder? _recorder;
    private readonly TimeProvider _time;
    private readonly FlowHash _hash = new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));
    private readonly Lane[] _lanes;
    private readonly PipelineCounters[] _cells;
    private readonly ShardHealth[] _health;
    private readonly EventChannel _events = new();
    private readonly EventOutlet[] _outlets;
    private readonly DeliveryCells[] _deliveries;
    private readonly FrameDispatcher[] _dispatchers;
    private readonly CaptureFeed[] _feeds;
    private readonly SnapshotBoard _board;
    private long _lastFlush;
    private bool _hasRun;

    public AppliancePipeline(PipelineOptions options, IEventSink sink, IFrameRecorder? recorder = null, TimeProvider? time = null)
        : this(options, sink, [], recorder, time)
    {
    }

    private AppliancePipeline(PipelineOptions options, IEventSink sink, IReadOnlyList<LiveInput> inputs, IFrameRecorder? recorder, TimeProvider? time)
    {
        (_options, _sink, _recorder, _time) = (options, sink, recorder, time ?? TimeProvider.System);
        int shards = options.Shards > 0 ? options.Shards : Environment.ProcessorCount;
        (_lanes, _cells, _health) = (new Lane[shards], new PipelineCounters[shards], new ShardHealth[shards]);
        (_outlets, _deliveries) = (new EventOutlet[shards], new DeliveryCells[shards]);
        for (int lane = 0; lane < shards; lane++)
        {
            _lanes[lane] = inputs.Count > 0
                ? new Lane(lane, inputs.Count, LiveBatches, LiveBatches / 4)
                : new Lane(lane, writers: 1, ReplayBatches, collected: (ReplayBatches / 2) - 1);
            _cells[lane] = new PipelineCounters();
            _health[lane] = new ShardHealth();
            _outlets[lane] = new EventOutlet(_events, lane, inputs.Count > 0 ? _cells[lane] : null);
            _deliveries[lane] = new DeliveryCells();
        }

        _board = new SnapshotBoard(shards, Math.Max(1, inputs.Count));
        _feeds = [.. inputs.Select((input, index) => new CaptureFeed(input, index, options, _hash, WritersOf(index), _board, _time))];
        _dispatchers = inputs.Count > 0 ? [.. _feeds.Select(feed => feed.Dispatcher)] : [new FrameDispatcher(options, _hash, WritersOf(0))];
    }

    /// <summary>How the shards fare, by lane.</summary>
    public IReadOnlyList<ShardHealth> Health => _health;

    /// <summary>The last complete snapshot of all counters, or null; after <see cref="Run"/> that of its end.</summary>
    public AccountingSnapshot? LatestSnapshot => _board.Latest;

    /// <summary>Sum of all cells. While running, cells of different stages are not of one moment; see <see cref="LatestSnapshot"/> for that.</summary>
    public PipelineCounters Counters
    {
        get
        {
            var total = new PipelineCounters();
            foreach (FrameDispatcher dispatcher in _dispatchers)
            {
                dispatcher.Counters.AddTo(total);
            }

            for (int lane = 0; lane < _lanes.Length; lane++)
            {
                _cells[lane].AddTo(total);
                _deliveries[lane].AddTo(total);
            }

            return total;
        }
    }

    public PipelineStatus Status => new(() => Counters, () => LatestSnapshot, () => RequestSnapshot(), _health)
    {
        Captures = Captures,
        Heartbeat = () => _board.Read,
        Loss = _feeds.Length > 0 ? Loss : null,
    };

    /// <summary>Made for tests: what makes the shard of a lane, instead of the usual.</summary>
    internal Func<int, Func<Shard>, Func<Shard>>? ShardFactory { get; init; }

    /// <summary>Made for tests: called with the lane before each of its frames; a fault here is the shard's.</summary>
    internal Action<int>? LaneProbe { get; set; }

    internal RestartPolicy Restarts { get; init; } = new();

    /// <summary>After a stop, what is rendered has so long to reach the sink; a little less than the process has to end.</summary>
    internal TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Times that reading had to wait for a shard.</summary>
    internal long ReaderWaits => _lanes.Sum(lane => lane.Waits);

    /// <summary>Asks for a snapshot; see <see cref="LatestSnapshot"/>.</summary>
    public long RequestSnapshot() => _board.Request();

    /// <summary>
    /// Reads the source to its end, or until cancelled: then no open session is published. Returns when the sink has taken everything. A failure of the sink ends the
    /// reading and is thrown. Once per pipeline.
    /// </summary>
    public void Run(ICaptureSource source, CancellationToken cancellationToken)
    {
        if (_hasRun)
        {
            throw new InvalidOperationException("A pipeline runs once.");
        }

        _hasRun = true;
        using var giveUp = new CancellationTokenSource();
        using CancellationTokenRegistration stop = cancellationToken.Register(() => giveUp.CancelAfter(StopDeadline));
        using ActorSystem system = ActorSystem.Create("appliance", ConfigurationFactory.ParseString(Actors));
        Task sink = StartSink(system, giveUp.Token);
        Task shards = StartShards(system);
        CollectStart();
        bool atEnd = false;
        try
        {
            atEnd = Read(source, cancellationToken);
        }
        finally
        {
            End(publishes: atEnd);
            shards.GetAwaiter().GetResult();
            _events.Writer.TryComplete();
            sink.GetAwaiter().GetResult();
            system.Terminate().GetAwaiter().GetResult();
        }

        if (_events.Failure is { } failure && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private FrameDispatcher Dispatcher => _dispatchers[0];

    private LaneWriter[] WritersOf(int dispatcher) => Array.ConvertAll(_lanes, lane => lane.Writers[dispatcher]);

    /// <summary>
    /// Half of what brings the first collection is what the start has left behind. Collected before the first frame, while it holds no connection, it pauses nobody for 1 ms; in the first busy second, with thousands of
    /// them open, it would pause everybody for 5.
    /// </summary>
    private static void CollectStart() => GC.Collect(1, GCCollectionMode.Forced, blocking: true);

    private Task StartSink(ActorSystem system, CancellationToken giveUp)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(SinkActor.Props(_events, _sink, _deliveries, _board, ended, giveUp), "sink");
        return ended.Task;
    }

    private Task StartShards(ActorSystem system)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(ShardSupervisor.Props(ShardOf, DrainOf, Restarts, _time, _health, ended), "shards");
        return ended.Task;
    }

    private Props ShardOf(int lane)
    {
        Func<Shard> create = () => new Shard(_options, _hash, _cells[lane], _outlets[lane].Add, _recorder);
        return ShardActor.Props(_lanes[lane], _outlets[lane], ShardFactory?.Invoke(lane, create) ?? create, _cells[lane], _board, LaneProbe);
    }

    private Props DrainOf(int lane) =>
        LaneDrain.Props(_lanes[lane], _health[lane], _outlets[lane], _cells[lane], _board, Restarts.LongestWait, _time);

    /// <summary>True at the end of the source; false when there is nobody left to read for.</summary>
    private bool Read(ICaptureSource source, CancellationToken cancellationToken)
    {
        foreach (LaneWriter lane in WritersOf(0))
        {
            lane.OnWaiting = source.ReadAhead;
        }

        _lastFlush = _time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested && _events.Failure is null)
        {
            if (!TryRead(source, out FrameRun run))
            {
                return !cancellationToken.IsCancellationRequested;
            }

            Dispatcher.Dispatch(run);
            TakeSnapshot();
            FlushWhenDue();
        }

        return false;
    }

    private void TakeSnapshot()
    {
        long number = _board.Begin(Dispatcher.Counters);
        if (number != 0)
        {
            Dispatcher.Mark(LaneEntryKind.Snapshot, number);
        }
    }

    /// <summary>Frames that have arrived do not wait for those that have not.</summary>
    private bool TryRead(ICaptureSource source, out FrameRun run)
    {
        if (source.MayWait)
        {
            Dispatcher.Flush();
        }

        return source.TryRead(out run);
    }

    private void FlushWhenDue()
    {
        long now = _time.GetTimestamp();
        if (_time.GetElapsedTime(_lastFlush, now) >= FlushInterval)
        {
            _lastFlush = now;
            Dispatcher.Flush();
        }
    }

    private void End(bool publishes)
    {
        if (publishes)
        {
            Dispatcher.EndSegment();
        }

        var fragments = new NamedCounters();
        Dispatcher.Fragments.CopyNamedCounters(fragments);
        _cells[0].AddNamed(fragments);
        _board.Request();
        TakeSnapshot();
        Dispatcher.Mark(LaneEntryKind.EndOfInput, 0);
    }
}
