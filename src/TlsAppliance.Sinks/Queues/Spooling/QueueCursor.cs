using System.Buffers.Binary;
using System.IO.Hashing;

namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>
/// How far a spool was settled and written, as of its last sync: magic (8), version (4), zero (4), save (8), lowest unsettled (8), next number (8), segment (8),
/// length (8), XxHash3 of these (8), little-endian. Saved into two slots by turns, each a disk block of its own: when one is torn, the other is whole, and no new
/// room is needed on a full disk.
/// </summary>
/// <param name="Save">Counts the saves; the higher one of two slots holds.</param>
/// <param name="Lowest">The lowest number that is not settled.</param>
/// <param name="Next">The number behind the last record that was synced.</param>
/// <param name="Segment">First number of the segment that was written to; 0: none is known to be synced.</param>
/// <param name="Length">Its bytes that were synced; a record begins or the file ends there.</param>
internal readonly record struct QueueCursor(long Save, long Lowest, long Next, long Segment, long Length)
{
    public const string FileName = "cursor";

    /// <summary>Bytes of a slot.</summary>
    public const int SlotLength = 4096;

    /// <summary>Bytes of the file.</summary>
    public const int FileLength = 2 * SlotLength;

    /// <summary>What is used of a slot.</summary>
    public const int WrittenLength = 64;

    private const int Hashed = 56;

    private static ReadOnlySpan<byte> Magic => "TLSCURSR"u8;

    /// <summary>Where this save belongs.</summary>
    public long Offset => Save % 2 * SlotLength;

    public void Write(Span<byte> slot)
    {
        slot[..WrittenLength].Clear();
        Magic.CopyTo(slot);
        BinaryPrimitives.WriteInt32LittleEndian(slot[8..], SegmentHeader.Version);
        BinaryPrimitives.WriteInt64LittleEndian(slot[16..], Save);
        BinaryPrimitives.WriteInt64LittleEndian(slot[24..], Lowest);
        BinaryPrimitives.WriteInt64LittleEndian(slot[32..], Next);
        BinaryPrimitives.WriteInt64LittleEndian(slot[40..], Segment);
        BinaryPrimitives.WriteInt64LittleEndian(slot[48..], Length);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[Hashed..], XxHash3.HashToUInt64(slot[..Hashed]));
    }

    /// <summary>The newer of the whole slots; null when neither is.</summary>
    /// <exception cref="QueueFormatException">A slot is whole and of another version.</exception>
    public static QueueCursor? Read(ReadOnlySpan<byte> file)
    {
        QueueCursor? newest = null;
        for (int offset = 0; offset + WrittenLength <= file.Length; offset += SlotLength)
        {
            if (ReadSlot(file.Slice(offset, WrittenLength)) is { } slot && !(newest?.Save > slot.Save))
            {
                newest = slot;
            }
        }

        return newest;
    }

    private static QueueCursor? ReadSlot(ReadOnlySpan<byte> slot)
    {
        if (!slot.StartsWith(Magic) || BinaryPrimitives.ReadUInt64LittleEndian(slot[Hashed..]) != XxHash3.HashToUInt64(slot[..Hashed]))
        {
            return null;
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(slot[8..]);
        if (version != SegmentHeader.Version)
        {
            throw new QueueFormatException(FileName, version);
        }

        return new QueueCursor(
            BinaryPrimitives.ReadInt64LittleEndian(slot[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(slot[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(slot[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(slot[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(slot[48..]));
    }
}
