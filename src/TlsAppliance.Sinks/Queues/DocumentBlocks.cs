namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// Documents of any size in blocks of one size. They leave in the order in which they came. A document larger than a block gets one of its own. Under the lock
/// of its queue.
/// </summary>
internal sealed class DocumentBlocks(DocumentBlockPool pool)
{
    private DocumentBlock? _current;

    /// <summary>Bytes of all documents here.</summary>
    public long Bytes { get; private set; }

    /// <summary>Room for a document, to be written by the caller at once.</summary>
    public DocumentPlace Add(int length)
    {
        DocumentBlock block = BlockFor(length);
        var place = new DocumentPlace(block, block.Used, length);
        block.Used += length;
        block.Documents++;
        Bytes += length;
        return place;
    }

    /// <summary>The document is with its reader, or not wanted any more.</summary>
    public void Remove(DocumentPlace place)
    {
        Bytes -= place.Length;
        if (--place.Block.Documents == 0 && place.Block != _current)
        {
            place.Block.LetGo();
        }
    }

    public void Clear() => (_current, Bytes) = (null, 0);

    private DocumentBlock BlockFor(int length)
    {
        if (length > DocumentBlockPool.BlockBytes)
        {
            return pool.Rent(length);
        }

        if (_current is { Documents: 0, HasOneHolder: true })
        {
            _current.Used = 0;
        }

        if (_current is null || _current.Bytes.Length - _current.Used < length)
        {
            if (_current is { Documents: 0 } left)
            {
                left.LetGo();
            }

            _current = pool.Rent(length);
        }

        return _current;
    }
}
