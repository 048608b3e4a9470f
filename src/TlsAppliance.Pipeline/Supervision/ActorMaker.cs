using Akka.Actor;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>Makes an actor by a delegate. An expression tree would be compiled at run time, which takes longer than all else that an actor's start does.</summary>
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
