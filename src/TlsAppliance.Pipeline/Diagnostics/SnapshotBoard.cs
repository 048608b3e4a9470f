using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Delivery;

namespace TlsAppliance.Pipeline.Diagnostics;

/// <summary>
/// Where the stages leave their copies. A snapshot is begun by each dispatcher, and is complete when each lane has reported twice, from its shard and from the sink; then it replaces
/// the one before. All dispatchers take the same ones: the next is due when the last of them has begun the one before.
/// </summary>
internal sealed class SnapshotBoard(int lanes, int dispatchers = 1)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Pending> _pending = [];
    private readonly long[] _taken = new long[dispatchers];
    private long _requested;
    private long _due;
    private AccountingSnapshot? _latest;
    private long _read;

    /// <summary>The last complete one.</summary>
    public AccountingSnapshot? Latest => Volatile.Read(ref _latest);

    /// <summary>Number of the last one whose marks all shards have read: while it grows, none of them hangs, whatever the sink does.</summary>
    public long Read => Volatile.Read(ref _read);

    private sealed class Pending
    {
        public PipelineCounters Dispatched { get; } = new();

        public PipelineCounters Shards { get; } = new();

        public KernelCounters Kernel { get; set; }

        public int Dispatchers { get; set; }

        public int FinalDispatchers { get; set; }

        public long OpenFlows { get; set; }

        public long Ahead { get; set; }

        public int Missing { get; set; }

        public int ShardsMissing { get; set; }
    }

    /// <summary>Asks for one; the dispatchers take it at their next run of frames.</summary>
    /// <returns>The snapshot with this number, or a later one, was begun after this call.</returns>
    public long Request()
    {
        lock (_lock)
        {
            _requested++;
            MoveDue();
            return _requested;
        }
    }

    /// <summary>A snapshot is due for this dispatcher; false spares whoever asks for every run the counting of what it would hand over.</summary>
    public bool IsDue(int dispatcher) => Volatile.Read(ref _due) != _taken[dispatcher];

    /// <summary>The number of the snapshot that is due for this dispatcher, or 0.</summary>
    /// <param name="counters">Its cells.</param>
    /// <param name="dispatcher">Its ordinal.</param>
    /// <param name="kernel">Of a live source: what the kernel has counted for it.</param>
    /// <param name="isFinal">Nothing will come from this dispatcher's source any more.</param>
    public long Begin(PipelineCounters counters, int dispatcher = 0, KernelCounters kernel = default, bool isFinal = false)
    {
        if (!IsDue(dispatcher))
        {
            return 0;
        }

        lock (_lock)
        {
            long number = _due;
            _taken[dispatcher] = number;
            if (!_pending.TryGetValue(number, out Pending? pending))
            {
                pending = new Pending { Missing = 2 * lanes, ShardsMissing = lanes };
                _pending.Add(number, pending);
            }

            counters.AddTo(pending.Dispatched);
            pending.Kernel += kernel;
            pending.Dispatchers++;
            pending.FinalDispatchers += isFinal ? 1 : 0;
            MoveDue();
            return number;
        }
    }

    /// <summary>The shard of one lane has come to the marks of all dispatchers.</summary>
    public void Report(long number, PipelineCounters counters, long openFlows, long ahead = 0)
    {
        lock (_lock)
        {
            Pending pending = _pending[number];
            counters.AddTo(pending.Shards);
            pending.OpenFlows += openFlows;
            pending.Ahead += ahead;
            if (--pending.ShardsMissing == 0)
            {
                Volatile.Write(ref _read, number);
            }

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

    private void MoveDue()
    {
        if (Array.TrueForAll(_taken, taken => taken == _due))
        {
            Volatile.Write(ref _due, _requested);
        }
    }

    private void CompleteIfLast(long number, Pending pending)
    {
        if (--pending.Missing == 0)
        {
            _pending.Remove(number);
            bool isFinal = pending.FinalDispatchers == dispatchers;
            Volatile.Write(
                ref _latest,
                new AccountingSnapshot(number, pending.Dispatched, pending.Shards, pending.OpenFlows, pending.Ahead, pending.Kernel, isFinal));
        }
    }
}
