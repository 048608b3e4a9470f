using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch;

/// <summary>
/// The books of the sink: every event in one bucket at every moment. An event is settled in the queue and counted here under one lock, and a state is taken under
/// the same lock, so no reader ever sees it twice or not at all.
/// </summary>
internal sealed class DeliveryLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _requests = [];
    private readonly IEventQueue _queue;
    private readonly TimeProvider _time;
    private readonly (DeliveryCondition Condition, string? Problem)[] _conditions;
    private DeliveryCondition _condition;
    private long _created;
    private long _arriving;
    private long _inFlight;
    private long _indexed;
    private long _duplicate;
    private long _deadLettered;
    private long _deadLettersFull;
    private long _retried;
    private long _throttled;
    private long _requestBytes;
    private long _lastProgress;

    /// <param name="queue">Whose events these are.</param>
    /// <param name="workers">How many report a condition of their own.</param>
    /// <param name="time">The clock.</param>
    public DeliveryLedger(IEventQueue queue, int workers, TimeProvider time)
    {
        (_queue, _time) = (queue, time);
        _conditions = new (DeliveryCondition, string?)[workers];
        _lastProgress = time.GetTimestamp();
    }

    /// <summary>Raised outside the lock when <see cref="DeliveryState.Condition"/> changes, with the problem.</summary>
    public event Action<DeliveryCondition, string?>? ConditionChanged;

    public void Arrives(int events)
    {
        lock (_lock)
        {
            _arriving += events;
            _created += events;
        }
    }

    public void Arrived(int events)
    {
        lock (_lock)
        {
            _arriving -= events;
        }
    }

    public void HandedOut(int events)
    {
        lock (_lock)
        {
            _inFlight += events;
        }
    }

    /// <summary>A worker stops and leaves these events to the queue.</summary>
    public void GivenBack(int events)
    {
        lock (_lock)
        {
            _inFlight -= events;
        }
    }

    public void Requested(int status, int bytes)
    {
        lock (_lock)
        {
            _requests[status] = _requests.GetValueOrDefault(status) + 1;
            _requestBytes += bytes;
        }
    }

    public void Retries(int events)
    {
        lock (_lock)
        {
            _retried += events;
        }
    }

    /// <summary>The target had too much to do for these events.</summary>
    public void Throttled(int events)
    {
        lock (_lock)
        {
            _throttled += events;
        }
    }

    /// <summary>Acknowledges the events of a read whose place is set, and counts them.</summary>
    public void Settle(QueueRead read, ReadOnlySpan<bool> settled, int indexed, int duplicate, int deadLettered, int deadLettersFull)
    {
        lock (_lock)
        {
            _queue.Acknowledge(read, settled);
            _indexed += indexed;
            _duplicate += duplicate;
            _deadLettered += deadLettered;
            _deadLettersFull += deadLettersFull;
            _inFlight -= indexed + duplicate + deadLettered + deadLettersFull;
            _lastProgress = _time.GetTimestamp();
        }
    }

    /// <summary>One worker's condition; the sink's is the worst of all.</summary>
    public void Report(int worker, DeliveryCondition condition, string? problem)
    {
        bool changed;
        string? worst;
        lock (_lock)
        {
            _conditions[worker] = (condition, problem);
            (DeliveryCondition now, worst) = Worst();
            changed = now != _condition;
            _condition = condition = now;
        }

        if (changed)
        {
            ConditionChanged?.Invoke(condition, worst);
        }
    }

    public DeliveryState Snapshot()
    {
        lock (_lock)
        {
            QueueState queue = _queue.State;
            var dropped = new DeliveryDrops(queue.Dropped, _deadLettersFull, queue.Corrupt);
            long outside = _created + queue.Found - _indexed - _duplicate - _deadLettered - dropped.Total - queue.PendingEvents;
            long arriving = Math.Clamp(outside, 0, _arriving);
            (DeliveryCondition condition, string? problem) = Worst();
            return new DeliveryState
            {
                Created = _created,
                Found = queue.Found,
                Indexed = _indexed,
                Duplicate = _duplicate,
                DeadLettered = _deadLettered,
                Dropped = dropped,
                Spooled = queue.PendingEvents - _inFlight,
                InFlight = _inFlight,
                Arriving = arriving,
                Retried = _retried,
                Throttled = _throttled,
                Requests = new Dictionary<int, long>(_requests),
                RequestBytes = _requestBytes,
                Condition = condition,
                Problem = problem,
                Lag = queue.OldestPending is { } oldest && _time.GetUtcNow() - oldest is var lag && lag > TimeSpan.Zero ? lag : TimeSpan.Zero,
                SinceProgress = _time.GetElapsedTime(_lastProgress),
                Queue = queue,
                EventResidual = outside - arriving,
            };
        }
    }

    private (DeliveryCondition Condition, string? Problem) Worst() => _conditions.MaxBy(state => state.Condition);
}
