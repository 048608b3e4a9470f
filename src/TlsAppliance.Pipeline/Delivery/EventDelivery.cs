using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Pipeline.Delivery;

/// <summary>One step of a lane's way to the sink. An object: a channel of values would be compiled at each start, and there is one for some hundred events.</summary>
/// <param name="Lane">Index of the lane whose shard rendered it.</param>
/// <param name="Batch">Events, or null for a mark.</param>
/// <param name="Snapshot">Of a mark: number of the snapshot that comes behind all events rendered before it.</param>
internal sealed record EventDelivery(int Lane, EventBatch? Batch, long Snapshot = 0);
