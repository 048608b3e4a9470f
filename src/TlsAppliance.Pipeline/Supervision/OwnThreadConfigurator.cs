using Akka.Configuration;
using Akka.Dispatch;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>What the actor system makes by its name in the configuration: an <see cref="OwnThreadDispatcher"/> for each actor that asks for one.</summary>
internal sealed class OwnThreadConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() => new OwnThreadDispatcher(this);
}
