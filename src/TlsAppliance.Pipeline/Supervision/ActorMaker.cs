using Akka.Actor;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>
/// Makes an actor by a delegate. An expression tree, which Akka would take as well, is compiled at run time, as are the handlers of a <see cref="ReceiveActor"/>: that takes longer than all
/// else that an actor's start does, so ours are <see cref="UntypedActor"/>s.
/// </summary>
/// <typeparam name="TActor">What is made.</typeparam>
internal sealed class ActorMaker<TActor>(Func<TActor> make) : IIndirectActorProducer
    where TActor : ActorBase
{
    public Type ActorType => typeof(TActor);

    public static Props Props(Func<TActor> make) => Akka.Actor.Props.CreateBy(new ActorMaker<TActor>(make));

    public ActorBase Produce() => make();

    public void Release(ActorBase actor)
    {
    }
}
