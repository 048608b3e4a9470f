using Akka.Actor;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Capture;

/// <summary>
/// The life of one open capture, on a thread of its own. A message reads for some milliseconds, or waits for frames for a tenth of a second at most: nobody else needs this thread. What the
/// source or the opening of it throws ends the actor; its supervisor opens the interface again.
/// </summary>
internal sealed class CaptureActor : UntypedActor
{
    /// <summary>Dispatcher of the actor system that gives each capture its own thread.</summary>
    public const string Dispatcher = "capture-dispatcher";

    private const int RunsPerMessage = 16;

    private readonly CaptureFeed _feed;
    private readonly int _index;
    private readonly Func<bool> _isStopped;
    private bool _stopping;

    public CaptureActor(CaptureFeed feed, int index, Func<bool> isStopped) => (_feed, _index, _isStopped) = (feed, index, isStopped);

    /// <summary>Told to the supervisor: frames can come.</summary>
    public sealed record Opened(int Index);

    /// <summary>Told to the supervisor: the capture was stopped, and everything that it held was dispatched.</summary>
    public sealed record Drained(int Index);

    /// <summary>Told to the supervisor before the actor ends.</summary>
    public sealed record Failed(int Index, string Reason);

    private sealed class Pump
    {
        public static readonly Pump Instance = new();
    }

    public static Props Props(CaptureFeed feed, int index, Func<bool> isStopped) =>
        ActorMaker<CaptureActor>.Props(() => new CaptureActor(feed, index, isStopped)).WithDispatcher(Dispatcher);

    protected override void PreStart()
    {
        try
        {
            _feed.Open();
        }
        catch (Exception exception)
        {
            Context.Parent.Tell(new Failed(_index, exception.Message));
            throw;
        }

        Context.Parent.Tell(new Opened(_index));
        Self.Tell(Pump.Instance);
    }

    protected override void PostStop() => _feed.Close();

    protected override void OnReceive(object message)
    {
        if (message is Pump)
        {
            HandlePump();
        }
        else
        {
            Unhandled(message);
        }
    }

    private void HandlePump()
    {
        if (_isStopped() && !_stopping)
        {
            _stopping = true;
            _feed.Stop();
        }

        for (int i = 0; i < RunsPerMessage; i++)
        {
            if (!_feed.Step())
            {
                End();
                return;
            }

            if (_feed.IsIdle)
            {
                break;
            }
        }

        Self.Tell(Pump.Instance);
    }

    private void End()
    {
        if (_stopping)
        {
            _feed.Close();
            Context.Parent.Tell(new Drained(_index));
            Context.Stop(Self);
            return;
        }

        string reason = _feed.Fault?.Reason ?? "the capture ended";
        Context.Parent.Tell(new Failed(_index, reason));
        throw new CaptureFailedException(reason);
    }
}
