namespace TlsAppliance.Sinks.Queues;

/// <summary>Blocks that nobody holds, for the next to need one. Any thread.</summary>
internal sealed class DocumentBlockPool
{
    /// <summary>Some four hundred events of the common mix, as much as a shard renders into one batch: it goes to the disk in one or two writes.</summary>
    public const int BlockBytes = 1024 * 1024;

    /// <summary>16 MiB: what a queue and its readers have in hand while they keep up.</summary>
    private const int MostBlocks = 16;

    private readonly Lock _lock = new();
    private readonly Stack<DocumentBlock> _free = new();

    /// <summary>A block with at least so much room; a larger one than usual is not kept when it comes back.</summary>
    public DocumentBlock Rent(int length)
    {
        if (length > BlockBytes)
        {
            return new DocumentBlock(GC.AllocateUninitializedArray<byte>(length));
        }

        lock (_lock)
        {
            if (_free.TryPop(out DocumentBlock? free))
            {
                free.Begin();
                return free;
            }
        }

        return new DocumentBlock(GC.AllocateUninitializedArray<byte>(BlockBytes), this);
    }

    public void Return(DocumentBlock block)
    {
        lock (_lock)
        {
            if (_free.Count < MostBlocks)
            {
                _free.Push(block);
            }
        }
    }
}
