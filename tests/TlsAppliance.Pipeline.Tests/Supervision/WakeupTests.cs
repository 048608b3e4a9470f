using System.Collections.Concurrent;
using System.Threading.Channels;
using Akka.Actor;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Tests.Supervision;

public sealed class WakeupTests
{
    private const string Message = "it has come";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Tells_when_what_was_waited_for_comes_as_often_as_it_does()
    {
        var channel = Channel.CreateBounded<int>(1);
        var actor = new Listener();
        var wakeup = new Wakeup(actor, Message);
        for (int i = 0; i < 3; i++)
        {
            wakeup.When(channel.Reader.WaitToReadAsync(Cancellation));
            Assert.True(channel.Writer.TryWrite(i));
            Assert.Equal(Message, actor.Next());
            Assert.True(channel.Reader.TryRead(out int read));
            Assert.Equal(i, read);
        }
    }

    [Fact]
    public void Tells_at_once_when_it_is_there_already()
    {
        var actor = new Listener();
        new Wakeup(actor, Message).When(ValueTask.FromResult(false));
        Assert.Equal(Message, actor.Next());
    }

    [Fact]
    public void Tells_why_it_will_never_come()
    {
        var channel = Channel.CreateBounded<int>(1);
        var actor = new Listener();
        new Wakeup(actor, Message).When(channel.Reader.WaitToReadAsync(Cancellation));
        var reason = new InvalidOperationException("no more");
        channel.Writer.Complete(reason);
        Assert.Same(reason, Assert.IsType<Status.Failure>(actor.Next()).Cause);
    }

    private sealed class Listener : MinimalActorRef
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

        private readonly BlockingCollection<object> _told = [];

        public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "test"));

        public override IActorRefProvider Provider => throw new NotSupportedException();

        public object Next() => _told.TryTake(out object? message, s_patience) ? message : throw new TimeoutException("nothing was told");

        protected override void TellInternal(object message, IActorRef sender) => _told.Add(message, Cancellation);
    }
}
