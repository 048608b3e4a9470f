namespace TlsAppliance.Capture.Live;

/// <summary>How the bytes of a ring are cut into blocks.</summary>
/// <param name="BlockBytes">Bytes of a block, a power of two.</param>
/// <param name="Blocks">Blocks in the ring.</param>
internal readonly record struct RingGeometry(int BlockBytes, int Blocks)
{
    /// <summary>A block that stays in the second-level cache while it is read; it holds the largest frame of the usual snapshot length.</summary>
    private const int UsualBlock = 256 * 1024;

    /// <summary>Headers of the block and of the frame, and their alignment.</summary>
    private const int BlockOverhead = 4096;

    /// <summary>Fewer would make the kernel wait for the reader.</summary>
    private const int FewestBlocks = 8;

    /// <summary>What the kernel is told of a frame's size has no meaning in this version of the ring, but must divide a block.</summary>
    public const int FrameBytes = 2048;

    public int Frames => BlockBytes / FrameBytes * Blocks;

    public long TotalBytes => (long)BlockBytes * Blocks;

    public static RingGeometry For(long bytes, int snapLength)
    {
        int block = UsualBlock;
        while (block < snapLength + BlockOverhead)
        {
            block *= 2;
        }

        return new RingGeometry(block, (int)Math.Clamp(bytes / block, FewestBlocks, int.MaxValue / (block / FrameBytes)));
    }
}
