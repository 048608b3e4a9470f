using Akka.Actor;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Pipeline.Delivery;

/// <summary>
/// Hands batches to the sink, one at a time. What the sink cannot take is the sink's to retry, spool or count; a sink that throws has failed for good: the rest
/// is taken out of the channel, so that the shards come to their end.
/// </summary>
internal sealed class SinkActor : ReceiveActor
{
    private const int BatchesPerMessage = 16;

    private readonly EventChannel _channel;
    private readonly IEventSink _sink;
    private readonly TaskCompletionSource _ended;
    private readonly CancellationToken _cancellation;
    private Exception? _failure;

    public SinkActor(EventChannel channel, IEventSink sink, TaskCompletionSource ended, CancellationToken cancellation)
    {
        (_channel, _sink, _ended, _cancellation) = (channel, sink, ended, cancellation);
        Receive<Pump>(_ => HandlePump());
        Receive<Written>(_ => HandlePump());
        Receive<Status.Failure>(HandleFailure);
    }

    private sealed class Pump
    {
        public static readonly Pump Instance = new();
    }

    private sealed class Written
    {
        public static readonly Written Instance = new();
    }

    public static Props Props(EventChannel channel, IEventSink sink, TaskCompletionSource ended, CancellationToken cancellation) =>
        Akka.Actor.Props.Create(() => new SinkActor(channel, sink, ended, cancellation));

    protected override void PreStart() => Self.Tell(Pump.Instance);

    private void HandlePump()
    {
        for (int i = 0; i < BatchesPerMessage; i++)
        {
            if (!_channel.Reader.TryRead(out EventBatch? batch))
            {
                AwaitBatch();
                return;
            }

            if (!TryWrite(batch))
            {
                return;
            }
        }

        Self.Tell(Pump.Instance);
    }

    private void AwaitBatch()
    {
        ValueTask<bool> ready = _channel.Reader.WaitToReadAsync(CancellationToken.None);
        if (!ready.IsCompletedSuccessfully)
        {
            ready.AsTask().PipeTo(Self, success: _ => Pump.Instance);
        }
        else if (ready.Result)
        {
            Self.Tell(Pump.Instance);
        }
        else
        {
            End();
        }
    }

    /// <summary>False: the sink will tell when it can take the next.</summary>
    private bool TryWrite(EventBatch batch)
    {
        if (_failure is not null)
        {
            batch.Complete();
            return true;
        }

        try
        {
            ValueTask written = _sink.WriteAsync(batch, _cancellation);
            if (written.IsCompletedSuccessfully)
            {
                return true;
            }

            written.AsTask().PipeTo(Self, success: () => Written.Instance);
            return false;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _failure = exception;
            return true;
        }
    }

    private void HandleFailure(Status.Failure failure)
    {
        _failure ??= failure.Cause;
        HandlePump();
    }

    private void End()
    {
        if (_failure is null)
        {
            _ended.TrySetResult();
        }
        else
        {
            _ended.TrySetException(_failure);
        }

        Context.Stop(Self);
    }
}
