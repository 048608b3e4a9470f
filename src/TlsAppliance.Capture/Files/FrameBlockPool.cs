using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Files;

/// <summary>
/// The blocks in rotation between the readers of one source and whoever releases them, on any thread. Renting never waits: how many blocks are
/// out is bounded by the receiver's own queue; what comes back beyond <see cref="KeptBlocks"/> goes to the collector.
/// </summary>
internal sealed class FrameBlockPool
{
    /// <summary>
    /// 256 KiB stay in the second-level cache (1 MiB on the machine measured) beside what the rest of the work needs. To be read they take as long as 1 MiB does, to be looked at less.
    /// </summary>
    public const int DefaultBlockSize = 256 << 10;

    /// <summary>Free blocks that are kept: as many as files may be open at once while being merged.</summary>
    private const int KeptBlocks = MergedCaptureSource.MaximumOpenFiles;

    /// <summary>One record per 256 bytes to begin with; an index that is too short doubles.</summary>
    private const int BytesPerRecord = 256;

    private readonly Stack<FrameBlock> _free = new(KeptBlocks);
    private readonly Action<FrameBlock> _recycle;
    private int _created;

    public FrameBlockPool(int blockSize = DefaultBlockSize)
    {
        BlockSize = blockSize;
        _recycle = Recycle;
    }

    public int BlockSize { get; }

    /// <summary>Blocks made so far: more than are in use at once means that some were not released.</summary>
    public int Created => _created;

    /// <summary>An empty block with one reference.</summary>
    public FrameBlock Rent()
    {
        FrameBlock block = TakeFree() ?? Create();
        block.Reset();
        return block;
    }

    private FrameBlock? TakeFree()
    {
        lock (_free)
        {
            return _free.TryPop(out FrameBlock? block) ? block : null;
        }
    }

    private FrameBlock Create()
    {
        _created++;
        return new FrameBlock(BlockSize, Math.Max(1, BlockSize / BytesPerRecord), _recycle);
    }

    private void Recycle(FrameBlock block)
    {
        if (block.Buffer.Length != BlockSize)
        {
            return; // It was enlarged for one huge frame; keeping it would keep that memory for good.
        }

        lock (_free)
        {
            if (_free.Count < KeptBlocks)
            {
                _free.Push(block);
            }
        }
    }
}
