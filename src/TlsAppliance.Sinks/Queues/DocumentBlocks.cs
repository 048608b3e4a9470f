namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// Documents of any size in blocks of one size. They leave in the order in which they came, so a block is free again when its last one has left; free blocks
/// are kept for the next. A document larger than a block gets one of its own, which is not kept.
/// </summary>
internal sealed class DocumentBlocks
{
    /// <summary>Some two hundred events of the common mix, so that a block is a rare thing.</summary>
    public const int BlockBytes = 512 * 1024;

    private readonly Stack<DocumentBlock> _free = new();
    private DocumentBlock? _current;

    /// <summary>Bytes of all documents here.</summary>
    public long Bytes { get; private set; }

    public DocumentPlace Add(ReadOnlySpan<byte> document)
    {
        DocumentBlock block = BlockFor(document.Length);
        var place = new DocumentPlace(block, block.Used, document.Length);
        document.CopyTo(block.Bytes.AsSpan(block.Used));
        block.Used += document.Length;
        block.Documents++;
        Bytes += document.Length;
        return place;
    }

    public ReadOnlySpan<byte> Document(DocumentPlace place) => place.Block.Bytes.AsSpan(place.Offset, place.Length);

    /// <summary>The document is not wanted any more; its place may be overwritten.</summary>
    public void Remove(DocumentPlace place)
    {
        DocumentBlock block = place.Block;
        Bytes -= place.Length;
        if (--block.Documents > 0)
        {
            return;
        }

        block.Used = 0;
        if (block != _current && block.Bytes.Length == BlockBytes)
        {
            _free.Push(block);
        }
    }

    public void Clear()
    {
        _free.Clear();
        (_current, Bytes) = (null, 0);
    }

    private DocumentBlock BlockFor(int length)
    {
        if (length > BlockBytes)
        {
            return new DocumentBlock(GC.AllocateUninitializedArray<byte>(length));
        }

        if (_current is null || _current.Bytes.Length - _current.Used < length)
        {
            _current = _free.TryPop(out DocumentBlock? free) ? free : new DocumentBlock(GC.AllocateUninitializedArray<byte>(BlockBytes));
        }

        return _current;
    }
}
