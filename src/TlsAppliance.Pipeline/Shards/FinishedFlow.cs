using TlsAppliance.Pipeline.Dispatch;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>A shard needs no more frames of a connection, until a SYN or SYN-ACK opens another one.</summary>
/// <param name="Hash">The flow key's hash.</param>
/// <param name="Generation">Number of the SYN or SYN-ACK that opened it.</param>
/// <param name="OpenedBy">Which of them it was.</param>
/// <param name="Time">Packet time at which the shard said so, ns since 1970.</param>
internal readonly record struct FinishedFlow(ulong Hash, uint Generation, OpeningKind OpenedBy, long Time);
