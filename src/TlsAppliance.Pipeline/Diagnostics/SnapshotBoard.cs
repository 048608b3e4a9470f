using TlsAppliance.Pipeline.Delivery;

namespace TlsAppliance.Pipeline.Diagnostics;

/// <summary>Where the stages leave their copies. A snapshot is complete when each lane has reported twice, from its shard and from the sink; then it replaces the one before.</summary>
internal sealed class SnapshotBoard(int lanes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Pending> _pending = [];
    private long _requested;
    private long _taken;
    private AccountingSnapshot? _latest;

    /// <summary>The last complete one.</summary>
    public AccountingSnapshot? Latest => Volatile.Read(ref _latest);

    private sealed class Pending
    {
        public PipelineCounters Dispatched { get; } = new();

        public PipelineCounters Shards { get; } = new();

        public long OpenFlows { get; set; }

        public int Missing { get; set; }
    }

    /// <summary>Asks for one; the dispatcher takes it at the next run of frames.</summary>
    public long Request() => Interlocked.Increment(ref _requested);

    /// <summary>The number of the snapshot that is due, or 0. Called by the dispatcher.</summary>
    public long Begin(PipelineCounters counters)
    {
        long number = Volatile.Read(ref _requested);
        if (number == _taken)
        {
            return 0;
        }

        _taken = number;
        var pending = new Pending { Missing = 2 * lanes };
        counters.AddTo(pending.Dispatched);
        lock (_lock)
        {
            _pending.Add(number, pending);
        }

        return number;
    }

    /// <summary>The shard of one lane has come to the mark.</summary>
    public void Report(long number, PipelineCounters counters, long openFlows)
    {
        lock (_lock)
        {
            Pending pending = _pending[number];
            counters.AddTo(pending.Shards);
            pending.OpenFlows += openFlows;
            CompleteIfLast(number, pending);
        }
    }

    /// <summary>The events that a lane rendered before the mark have come to the sink.</summary>
    public void ReportDeliveries(long number, DeliveryCells cells)
    {
        lock (_lock)
        {
            Pending pending = _pending[number];
            cells.AddTo(pending.Shards);
            CompleteIfLast(number, pending);
        }
    }

    private void CompleteIfLast(long number, Pending pending)
    {
        if (--pending.Missing == 0)
        {
            _pending.Remove(number);
            Volatile.Write(ref _latest, new AccountingSnapshot(number, pending.Dispatched, pending.Shards, pending.OpenFlows));
        }
    }
}
