namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>Records that lie together in memory and go to the disk in one write.</summary>
/// <param name="First">Number of the first.</param>
/// <param name="End">Number behind the last.</param>
/// <param name="Place">All of their bytes.</param>
internal readonly record struct RecentPiece(long First, long End, DocumentPlace Place);
