using System.Runtime.CompilerServices;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Lanes;

/// <summary>
/// Frames on their way to one shard, copied once into one slab, with marks between them. Back from the shard, it carries the connections that need no more
/// frames.
/// </summary>
/// <param name="writer">Ordinal among the lane's writers of the one that fills it.</param>
internal sealed class FrameBatch(int writer = 0)
{
    /// <summary>Entries per batch; with a few batches in rotation all of a lane stays in the second-level cache.</summary>
    public const int MaximumEntries = 128;

    /// <summary>Bytes per batch; room for the largest frame (a reassembled datagram) in an empty one.</summary>
    public const int SlabBytes = 192 * 1024;

    private readonly LaneEntry[] _entries = new LaneEntry[MaximumEntries];
    private byte[] _slab = GC.AllocateUninitializedArray<byte>(SlabBytes);
    private int _used;

    /// <summary>Ordinal among the lane's writers of the one that fills it.</summary>
    public int Writer { get; } = writer;

    public int Count { get; private set; }

    public bool IsFull => Count == MaximumEntries;

    /// <summary>A frame of so many bytes fits; an empty batch takes every frame.</summary>
    public bool HasRoom(int bytes) => Count < MaximumEntries && (_used == 0 || bytes <= _slab.Length - _used);

    /// <summary>Filled by the shard while it reads the batch, up to <see cref="MaximumEntries"/>.</summary>
    public List<FinishedFlow> Finished { get; } = new(MaximumEntries);

    /// <summary>Ordinal of the segment of the input that the entries are of; an <see cref="LaneEntryKind.EndSegment"/> mark is the last one in its batch.</summary>
    public int Segment { get; set; }

    public ref readonly LaneEntry this[int index] => ref _entries[index];

    /// <summary>False when the frame does not fit; an empty batch takes every frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(in CapturedFrame frame, ReadOnlySpan<byte> bytes, in DecodedFrame decoded, ulong hash)
    {
        if (IsFull || (bytes.Length > _slab.Length - _used && !TryGrow(bytes.Length)))
        {
            return false;
        }

        bytes.CopyTo(_slab.AsSpan(_used));
        ref LaneEntry entry = ref _entries[Count++];
        entry.Decoded = decoded;
        entry.Hash = hash;
        entry.Timestamp = frame.Timestamp;
        entry.Offset = _used;
        entry.Length = bytes.Length;
        entry.WireLength = frame.WireLength;
        entry.LinkType = frame.LinkType;
        entry.Interface = frame.Interface;
        entry.Kind = LaneEntryKind.Frame;
        _used += bytes.Length;
        return true;
    }

    /// <summary>False when the batch is full.</summary>
    public bool TryMark(LaneEntryKind kind, long value)
    {
        if (IsFull)
        {
            return false;
        }

        ref LaneEntry entry = ref _entries[Count++];
        entry.Kind = kind;
        entry.Timestamp = value;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CapturedFrame Frame(in LaneEntry entry) =>
        new(_slab.AsSpan(entry.Offset, entry.Length), entry.Timestamp, entry.WireLength, entry.LinkType, entry.Interface);

    public void Clear()
    {
        (Count, _used) = (0, 0);
        Finished.Clear();
    }

    private bool TryGrow(int length)
    {
        if (_used > 0)
        {
            return false;
        }

        _slab = GC.AllocateUninitializedArray<byte>(length);
        return true;
    }
}
