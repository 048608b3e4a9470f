using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Supervision;
using TlsAppliance.Pipeline.Tests.Engine;

namespace TlsAppliance.Pipeline.Tests.Capture;

/// <summary>The engine behind interfaces of the test, running until <see cref="Stop"/>.</summary>
internal sealed class LiveEngine : IDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    public LiveEngine(IReadOnlyList<LiveInput> inputs, Action<int>? laneProbe = null, TimeProvider? time = null)
    {
        Pipeline = AppliancePipeline.ForInterfaces(new PipelineOptions { Shards = 1 }, Events, inputs, time: time);
        Pipeline.LaneProbe = laneProbe;
        Pipeline.Reopening = new RestartPolicy { FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromMilliseconds(20) };
        _run = Task.Factory.StartNew(() => Pipeline.RunLive(_stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public AppliancePipeline Pipeline { get; }

    public EventCollection Events { get; } = new();

    public PipelineCounters Counters => Pipeline.Counters;

    /// <summary>Waits until this is so.</summary>
    public void Await(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(() => _run.IsCompleted || condition(), s_bound) && !_run.IsCompleted, what);

    /// <summary>Ends the captures; what came is accounted for.</summary>
    public AccountingSnapshot Stop()
    {
        _stop.Cancel();
        Assert.True(Task.WaitAny([_run], s_bound) == 0, "the engine hangs");
        _run.GetAwaiter().GetResult();
        AccountingSnapshot last = Pipeline.LatestSnapshot!;
        Assert.All(last.Residuals, residual => Assert.True(residual.Value == 0, $"{residual.Name} {residual.Value}"));
        return last;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _ = Task.WaitAny([_run], s_bound);
        _stop.Dispose();
    }
}
