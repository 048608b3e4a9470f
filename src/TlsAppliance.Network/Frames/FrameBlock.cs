using System.Runtime.CompilerServices;

namespace TlsAppliance.Network.Frames;

/// <summary>
/// A large piece of captured input (typically 1 MiB of a file, or a block of the kernel's ring) with the index of the frames in it. Blocks are pooled and counted:
/// whoever is handed a block releases it once; the last release gives it back to its pool, or to the kernel.
/// </summary>
public sealed class FrameBlock
{
    private readonly Action<FrameBlock>? _recycle;
    private FrameRecord[] _records;
    private Memory<byte> _memory;
    private int _references;

    public FrameBlock(int bytes, int frames, Action<FrameBlock>? recycle = null)
    {
        Buffer = GC.AllocateUninitializedArray<byte>(bytes);
        _records = new FrameRecord[frames];
        _recycle = recycle;
    }

    /// <summary>No frames: what a source that waits in vain hands over.</summary>
    public static FrameBlock Empty { get; } = new(0, 0);

    /// <summary>
    /// The memory that a source fills, if it is the block's own; else empty. A source may replace it when one frame is larger than the block.
    /// </summary>
    public byte[] Buffer { get; set; }

    /// <summary>The bytes that the records point into. To be asked for once per run of frames, not per frame.</summary>
    public Span<byte> Bytes => Buffer.Length > 0 ? Buffer : _memory.Span;

    /// <summary>Frames in this block, in the order of the input.</summary>
    public ReadOnlySpan<FrameRecord> Records => _records.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Ordinal of this block among all blocks of its input, so that later stages can restore the order.</summary>
    public long Number { get; set; }

    /// <summary>Where <see cref="Buffer"/> begins in the (decompressed) content of the file; 0 where there is no file.</summary>
    public long ContentOffset { get; set; }

    public CapturedFrame this[int index]
    {
        get
        {
            ref readonly FrameRecord record = ref _records[index];
            return new CapturedFrame(
                Bytes.Slice(record.Offset, record.Length), record.Timestamp, record.WireLength, record.LinkType, record.Interface);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in FrameRecord record)
    {
        FrameRecord[] records = _records;
        int count = Count;
        if ((uint)count >= (uint)records.Length)
        {
            records = Grow();
        }

        records[count] = record;
        Count = count + 1;
    }

    private FrameRecord[] Grow()
    {
        Array.Resize(ref _records, _records.Length * 2);
        return _records;
    }

    /// <summary>Points the block at memory that is somebody else's, such as a ring that the kernel fills; it stays valid until the last release.</summary>
    public void Borrow(Memory<byte> memory) => (_memory, Buffer) = (memory, []);

    /// <summary>Empties the index and takes the first reference.</summary>
    public void Reset()
    {
        Count = 0;
        _references = 1;
    }

    public void Retain() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _recycle?.Invoke(this);
        }
    }
}
