namespace TlsAppliance.Sinks.Queues;

/// <summary>Where a document lies in <see cref="DocumentBlocks"/>.</summary>
internal readonly record struct DocumentPlace(DocumentBlock Block, int Offset, int Length);
