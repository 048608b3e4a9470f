using System.Runtime.CompilerServices;
using Akka.Actor;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>
/// Tells an actor that what it waits for has come, or as <see cref="Status.Failure"/> why it never will. Piping a task to the actor says the same, and leaves half a dozen objects behind
/// for each wait: thousands a second between stages that are fast, and then all the garbage that the engine makes. One wait at a time.
/// </summary>
internal sealed class Wakeup
{
    private readonly IActorRef _actor;
    private readonly object _message;
    private readonly Action _tell;
    private ValueTaskAwaiter<bool> _awaited;

    /// <param name="actor">Is told.</param>
    /// <param name="message">What it is told.</param>
    public Wakeup(IActorRef actor, object message)
    {
        (_actor, _message) = (actor, message);
        _tell = Tell;
    }

    /// <summary>Whether it completes with true or with false is for the actor to find out.</summary>
    public void When(ValueTask<bool> ready)
    {
        _awaited = ready.GetAwaiter();
        if (_awaited.IsCompleted)
        {
            Tell();
            return;
        }

        _awaited.UnsafeOnCompleted(_tell);
    }

    private void Tell()
    {
        object message = _message;
        try
        {
            _awaited.GetResult();
        }
        catch (Exception exception)
        {
            message = new Status.Failure(exception);
        }

        _actor.Tell(message, ActorRefs.NoSender);
    }
}
