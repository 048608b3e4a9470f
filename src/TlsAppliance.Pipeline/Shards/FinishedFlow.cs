namespace TlsAppliance.Pipeline.Shards;

/// <summary>A shard needs no more frames of a connection, until a SYN with a new number.</summary>
/// <param name="Hash">The flow key's hash.</param>
/// <param name="Generation">Number of the SYN that opened it.</param>
/// <param name="HasGeneration">False: no SYN was seen.</param>
internal readonly record struct FinishedFlow(ulong Hash, uint Generation, bool HasGeneration);
