namespace TlsAppliance.Sinks.Queues;

/// <summary>Where a document lies.</summary>
internal readonly record struct DocumentPlace(DocumentBlock Block, int Offset, int Length)
{
    public Span<byte> Bytes => Block.Bytes.AsSpan(Offset, Length);

    /// <summary>Without its first bytes.</summary>
    public DocumentPlace From(int start) => new(Block, Offset + start, Length - start);
}
