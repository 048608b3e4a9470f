using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Tests.Supervision;

public sealed class OwnThreadDispatcherTests : IDisposable
{
    private const string Dispatcher = "own-dispatcher";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ActorSystem _system = ActorSystem.Create("test", ConfigurationFactory.ParseString($$"""
        akka { loglevel = OFF, stdout-loglevel = OFF, loggers = [] }
        {{Dispatcher}} {
          type = "TlsAppliance.Pipeline.Supervision.{{nameof(OwnThreadConfigurator)}}, TlsAppliance.Pipeline"
          shutdown-timeout = 1ms
        }
        """));

    private readonly BlockingCollection<(object Message, Thread Thread)> _heard = [];

    public void Dispose()
    {
        _system.Terminate().Wait(s_patience);
        _system.Dispose();
        _heard.Dispose();
    }

    [Fact]
    public void An_actor_hears_everything_in_order_on_one_thread_that_is_no_other_actors()
    {
        IActorRef first = NewActor(), second = NewActor();
        Thread own = HearAll(first), others = HearAll(second);
        Assert.NotSame(own, others);
        Assert.NotSame(Thread.CurrentThread, own);
    }

    [Fact]
    public void A_message_wakes_the_thread_that_sleeps()
    {
        IActorRef actor = NewActor();
        for (int message = 0; message < 100; message++)
        {
            actor.Tell(message);
            Assert.Equal(message, Next().Message);
        }
    }

    [Fact]
    public void The_thread_ends_with_its_actor()
    {
        IActorRef actor = NewActor();
        actor.Tell(1);
        Thread own = Next().Thread;
        _system.Stop(actor);
        Assert.True(own.Join(s_patience));
    }

    private Thread HearAll(IActorRef actor)
    {
        const int messages = 1000;
        for (int message = 0; message < messages; message++)
        {
            actor.Tell(message);
        }

        (object Message, Thread Thread)[] heard = [.. Enumerable.Range(0, messages).Select(_ => Next())];
        Assert.Equal(Enumerable.Range(0, messages), heard.Select(one => (int)one.Message));
        return Assert.Single(heard.Select(one => one.Thread).Distinct());
    }

    private IActorRef NewActor() => _system.ActorOf(Props.Create(() => new Listener(_heard)).WithDispatcher(Dispatcher));

    private (object Message, Thread Thread) Next() => _heard.TryTake(out var heard, s_patience) ? heard : throw new TimeoutException("nothing was heard");

    private sealed class Listener(BlockingCollection<(object, Thread)> heard) : UntypedActor
    {
        protected override void OnReceive(object message) => heard.Add((message, Thread.CurrentThread));
    }
}
