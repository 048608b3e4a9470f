using TlsAppliance.Configuration;
using TlsAppliance.Logs;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Telemetry;

namespace TlsAppliance.Tests.Logs;

public class RunLogTests
{
    private readonly ManualTimers _time = new();
    private readonly CollectedLines _lines = new();
    private readonly PipelineCounters _counters = new();
    private readonly List<string> _shown = [];
    private readonly List<string> _further = [];
    private AccountingSnapshot? _snapshot;

    [Fact]
    public void Tells_when_the_box_cannot_be_relied_on_once_and_when_it_can_again()
    {
        Run(new LoggingOptions { MetricsEnabled = false }, () =>
        {
            _time.Fire();
            _snapshot = new AccountingSnapshot(1, new PipelineCounters { Forwarded = 1 }, new PipelineCounters(), 0);
            _time.Fire();
            _time.Fire();
            _snapshot = null;
            _time.Fire();
        });
        Assert.Equal(["WARN   [engine]  not to be relied on: accounting residual of segments is -1", "WARN   [engine]  not to be relied on: accounting residual of lanes is 1", "INFO   [engine]  ready again"], Texts());
    }

    [Fact]
    public void Writes_what_the_counters_grew_by()
    {
        Run(new LoggingOptions { MetricsPeriod = TimeSpan.FromSeconds(30) }, () =>
        {
            _counters.Frames = 7;
            _counters.Events = 2;
            _time.Fire();
            _counters.Frames = 10;
            _time.Fire();
        });
        Assert.StartsWith("INFO   [monitoring]  lately, in 0 s: 7 frames, 0 bytes, 0 connections, 0 sessions, 2 events,", Texts()[0], StringComparison.Ordinal);
        Assert.StartsWith("INFO   [monitoring]  lately, in 0 s: 3 frames, 0 bytes, 0 connections, 0 sessions, 0 events,", Texts()[1], StringComparison.Ordinal);
    }

    private void Run(LoggingOptions options, Action work)
    {
        var status = new PipelineStatus(Copy, () => _snapshot, () => { }, []);
        using var log = new RunLog(new ApplianceLog(options, [(_lines, new ConsoleLogFormat())], _time), options, _shown.Add, _shown.Add, _time);
        log.Watch(new StatusSources(status) { Complaints = [() => _further] });
        work();
        log.End();
    }

    private PipelineCounters Copy()
    {
        var copy = new PipelineCounters();
        _counters.AddTo(copy);
        return copy;
    }

    private string[] Texts() => [.. _lines.Lines.Select(line => line[(line.IndexOf('Z', StringComparison.Ordinal) + 3)..])];
}
