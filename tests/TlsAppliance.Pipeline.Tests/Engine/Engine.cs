using System.Collections.Concurrent;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Shards;
using TlsAppliance.Pipeline.Supervision;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Pipeline.Tests.Engine;

/// <summary>One run of the whole engine with real actors, with faults on demand; every snapshot taken on the way must add up.</summary>
internal sealed class Engine
{
    /// <summary>Fast enough for tests; Akka's clock ticks every 10 ms anyway.</summary>
    private static readonly RestartPolicy Fast = new()
    {
        FirstWait = TimeSpan.FromMilliseconds(1),
        LongestWait = TimeSpan.FromMilliseconds(5),
    };

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly List<AccountingSnapshot> _snapshots = [];

    public int Shards { get; init; } = 2;

    public PipelineOptions Options { get; init; } = new();

    public RestartPolicy Restarts { get; init; } = Fast;

    public EventCollection Events { get; init; } = new();

    public FrameNotes Notes { get; } = new();

    /// <summary>Called in the shard of a lane before a frame, outside of any flow.</summary>
    public Action<int>? OnFrame { get; init; }

    /// <summary>Called for a frame of an open flow, with the client's port.</summary>
    public Action<int>? OnFlowFrame { get; set; }

    /// <summary>Called when the shard of a lane is made.</summary>
    public Action<int>? OnCreate { get; init; }

    public CancellationToken Stop { get; init; }

    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Lane by client port, as far as frames were read.</summary>
    public ConcurrentDictionary<int, int> LaneOfPort { get; } = new();

    public AppliancePipeline Pipeline { get; private set; } = null!;

    public PipelineCounters Counters => Pipeline.Counters;

    public IReadOnlyList<AccountingSnapshot> Snapshots => _snapshots;

    public Engine Run(IEnumerable<RecordedFrame?> frames, int framesPerBlock = 64)
    {
        BlockSource source = new(frames, framesPerBlock);
        Run(source);
        Assert.Equal(0, source.BlocksOut);
        return this;
    }

    public Engine Run(ICaptureSource source)
    {
        Prepare();
        if (source is BlockSource blocks)
        {
            blocks.OnRead += TakeSnapshot;
        }

        Execute(source);
        KeepSnapshot();
        AssertAccounted();
        return this;
    }

    /// <summary>In bounded time, whatever happens.</summary>
    private void Execute(ICaptureSource source)
    {
        Task run = Task.Factory.StartNew(() => Pipeline.Run(source, Stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(Task.WaitAny([run], Bound) == 0, "the engine hangs");
        run.GetAwaiter().GetResult();
    }

    private void Prepare() => Pipeline = new AppliancePipeline(Options with { Shards = Shards }, Events, Notes)
    {
        Restarts = Restarts,
        LaneProbe = OnFrame,
        ShardFactory = Factory,
        StopDeadline = StopDeadline,
    };

    private Func<Shard> Factory(int lane, Func<Shard> create) => () =>
    {
        OnCreate?.Invoke(lane);
        Shard shard = create();
        shard.FaultProbe = key =>
        {
            int port = key.LowPort < Mix.FirstClientPort ? key.HighPort : key.LowPort;
            LaneOfPort[port] = lane;
            OnFlowFrame?.Invoke(port);
        };
        return shard;
    };

    private void TakeSnapshot()
    {
        KeepSnapshot();
        Pipeline.RequestSnapshot();
    }

    private void KeepSnapshot()
    {
        if (Pipeline.LatestSnapshot is { } latest && (_snapshots.Count == 0 || _snapshots[^1].Number != latest.Number))
        {
            _snapshots.Add(latest);
        }
    }

    private void AssertAccounted()
    {
        foreach (AccountingSnapshot snapshot in _snapshots)
        {
            Assert.All(snapshot.Residuals, residual => Assert.True(residual.Value == 0, $"{residual.Name} {residual.Value} in snapshot {snapshot.Number}"));
        }

        AccountingSnapshot last = Pipeline.LatestSnapshot!;
        PipelineCounters counters = Counters;
        Assert.Equal((counters.Frames, counters.Processed, counters.Events), (last.Dispatched.Frames, last.Shards.Processed, last.Shards.Events));
        Assert.Equal(Events.Ids.Count, counters.Delivered);
        Assert.Equal(counters.Events, counters.Delivered + counters.Undelivered);
    }
}
