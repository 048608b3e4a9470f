using TlsAppliance.Events.Delivery;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events;

/// <summary>Writes one session as one JSON document in the configured layout. Owned by one shard; keeps its caches.</summary>
public sealed class TlsEventRenderer
{
    public TlsEventRenderer(EventOptions options) => _ = options;

    /// <summary>Renders the session into the batch. False: a processor dropped the event.</summary>
    public bool Render(TlsSession session, in ConnectionFacts connection, EventBatch batch) => false;
}
