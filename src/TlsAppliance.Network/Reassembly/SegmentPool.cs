using System.Numerics;

namespace TlsAppliance.Network.Reassembly;

/// <summary>
/// Buffers for segments that must wait, in size classes of powers of two from 256 B to 64 KiB. Belongs to one shard, dies with it, and never
/// hands out more than <see cref="ReassemblyOptions.MaximumShardBytes"/>. What was handed out is kept for the next, within the same bound.
/// </summary>
public sealed class SegmentPool
{
    /// <summary>Longer segments are held in several pieces.</summary>
    internal const int MaximumPiece = 64 * 1024;

    private const int SmallestClass = 256;

    /// <summary>What a piece costs besides its buffer, so that pieces without bytes are bounded too.</summary>
    private const int PieceOverhead = 64;

    private readonly HeldPiece?[] _free = new HeldPiece?[BitOperations.Log2(MaximumPiece / SmallestClass) + 1];
    private readonly long _maximumBytes;
    private HeldPiece? _freeCuts;
    private long _freeBytes;

    public SegmentPool(long maximumBytes) => _maximumBytes = maximumBytes;

    /// <summary>Bytes of the pieces that are in use.</summary>
    public long BytesInUse { get; private set; }

    /// <summary>Pieces that are in use, those without bytes included.</summary>
    public int PiecesInUse { get; private set; }

    /// <summary>A piece with room for <paramref name="length"/> bytes (at most <see cref="MaximumPiece"/>), or null: the shard's bytes are used up.</summary>
    internal HeldPiece? Rent(int length)
    {
        int sizeClass = SizeClass(length);
        int capacity = SmallestClass << sizeClass;
        return Take(ref _free[sizeClass], capacity);
    }

    /// <summary>A piece that stands for bytes which were not captured, or null as above.</summary>
    internal HeldPiece? RentCut() => Take(ref _freeCuts, 0);

    internal void Return(HeldPiece piece)
    {
        int size = piece.Capacity + PieceOverhead;
        PiecesInUse--;
        BytesInUse -= size;
        if (BytesInUse + _freeBytes + size > _maximumBytes)
        {
            return;
        }

        _freeBytes += size;
        ref HeldPiece? free = ref _freeCuts;
        if (!piece.IsCut)
        {
            free = ref _free[SizeClass(piece.Capacity)];
        }

        piece.Next = free;
        free = piece;
    }

    private HeldPiece? Take(ref HeldPiece? free, int capacity)
    {
        if (BytesInUse + capacity + PieceOverhead > _maximumBytes)
        {
            return null;
        }

        PiecesInUse++;
        BytesInUse += capacity + PieceOverhead;
        HeldPiece? piece = free;
        if (piece is null)
        {
            return new HeldPiece(capacity);
        }

        _freeBytes -= capacity + PieceOverhead;
        free = piece.Next;
        piece.Next = null;
        piece.Length = 0;
        return piece;
    }

    private static int SizeClass(int length) => length <= SmallestClass ? 0 : BitOperations.Log2((uint)(length - 1)) - 7;
}
