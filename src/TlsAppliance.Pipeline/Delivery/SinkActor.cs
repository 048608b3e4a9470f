using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Delivery;

/// <summary>
/// Hands batches to the sink, one at a time. What the sink cannot take is the sink's to retry, spool or count; a sink that throws has failed for good: the rest
/// is taken out of the channel and counted, so that the shards come to their end.
/// </summary>
internal sealed class SinkActor : UntypedActor
{
    /// <summary>Dispatcher of the actor system that gives the sink its own thread.</summary>
    public const string Dispatcher = "sink-dispatcher";

    private const int DeliveriesPerMessage = 16;

    private readonly EventChannel _channel;
    private readonly IEventSink _sink;
    private readonly DeliveryCells[] _cells;
    private readonly SnapshotBoard _board;
    private readonly TaskCompletionSource _ended;
    private readonly CancellationToken _giveUp;
    private readonly Wakeup _wakeup;
    private DeliveryCells? _underWay;
    private int _eventsUnderWay;

    /// <param name="channel">Where the events come from.</param>
    /// <param name="sink">Where they go.</param>
    /// <param name="cells">One per lane.</param>
    /// <param name="board">Takes copies of the cells for snapshots.</param>
    /// <param name="ended">Set when the channel is at its end.</param>
    /// <param name="giveUp">A stop has waited long enough for the sink.</param>
    public SinkActor(
        EventChannel channel, IEventSink sink, DeliveryCells[] cells, SnapshotBoard board, TaskCompletionSource ended, CancellationToken giveUp)
    {
        (_channel, _sink, _cells, _board, _ended, _giveUp) = (channel, sink, cells, board, ended, giveUp);
        _wakeup = new Wakeup(Self, Pump.Instance);
    }

    private sealed class Pump
    {
        public static readonly Pump Instance = new();
    }

    private sealed class Written
    {
        public static readonly Written Instance = new();
    }

    public static Props Props(
        EventChannel channel, IEventSink sink, DeliveryCells[] cells, SnapshotBoard board, TaskCompletionSource ended, CancellationToken giveUp) =>
        ActorMaker<SinkActor>.Props(() => new SinkActor(channel, sink, cells, board, ended, giveUp)).WithDispatcher(Dispatcher);

    protected override void PreStart() => Self.Tell(Pump.Instance);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Pump:
                HandlePump();
                break;
            case Written:
                HandleWritten();
                break;
            case Status.Failure failure:
                HandleFailure(failure);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void HandlePump()
    {
        for (int i = 0; i < DeliveriesPerMessage; i++)
        {
            if (!_channel.Reader.TryRead(out EventDelivery? delivery))
            {
                AwaitDelivery();
                return;
            }

            if (!TryTake(delivery))
            {
                return;
            }
        }

        Self.Tell(Pump.Instance);
    }

    private void AwaitDelivery()
    {
        ValueTask<bool> ready = _channel.Reader.WaitToReadAsync(CancellationToken.None);
        if (!ready.IsCompletedSuccessfully)
        {
            _wakeup.When(ready);
        }
        else if (ready.Result)
        {
            Self.Tell(Pump.Instance);
        }
        else
        {
            _ended.TrySetResult();
            Context.Stop(Self);
        }
    }

    /// <summary>False: the sink will tell when it can take the next.</summary>
    private bool TryTake(EventDelivery delivery)
    {
        DeliveryCells cells = _cells[delivery.Lane];
        if (delivery.Batch is not { } batch)
        {
            _board.ReportDeliveries(delivery.Snapshot, cells);
            return true;
        }

        if (_channel.Failure is not null)
        {
            cells.Undelivered += batch.Count;
            batch.Complete();
            return true;
        }

        (_underWay, _eventsUnderWay) = (cells, batch.Count);
        return TryWrite(batch);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the sink throws, it is told to the caller of the engine.")]
    private bool TryWrite(EventBatch batch)
    {
        try
        {
            ValueTask written = _sink.WriteAsync(batch, _giveUp);
            if (!written.IsCompleted)
            {
                written.AsTask().PipeTo(Self, success: () => Written.Instance);
                return false;
            }

            written.GetAwaiter().GetResult();
            _underWay!.Delivered += _eventsUnderWay;
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        return true;
    }

    private void HandleWritten()
    {
        _underWay!.Delivered += _eventsUnderWay;
        HandlePump();
    }

    private void HandleFailure(Status.Failure failure)
    {
        Fail(failure.Cause);
        HandlePump();
    }

    private void Fail(Exception exception)
    {
        _underWay!.Undelivered += _eventsUnderWay;
        _channel.Failure = exception;
    }
}
