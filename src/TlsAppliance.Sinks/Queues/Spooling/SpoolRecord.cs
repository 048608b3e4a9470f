using System.Buffers.Binary;
using System.IO.Hashing;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>
/// The header of a record; the document follows. Magic (4, its last byte the version), length of the document (4), number (8), id (16), timestamp (8), time of
/// appending (8), layout (1), zeros (7), XxHash3 of these and the document (8), all little-endian. The magic has bytes that UTF-8 never has, so behind damage the next record is found
/// by it and proven by the hash.
/// </summary>
/// <param name="Number">Its place in the queue.</param>
/// <param name="Id">The event's identity.</param>
/// <param name="Timestamp">Start of the session, ns since 1970.</param>
/// <param name="Queued">When it was appended, ms since 1970.</param>
/// <param name="Layout">Of the document.</param>
/// <param name="DocumentLength">Bytes of the document.</param>
internal readonly record struct SpoolRecord(long Number, UInt128 Id, long Timestamp, long Queued, EventLayout Layout, int DocumentLength)
{
    public const int HeaderLength = 64;

    /// <summary>Far above what the renderer's bounds allow, and a bound for what a damaged length can cost.</summary>
    public const int MaximumDocument = 64 << 20;

    private const int Hashed = 56;

    /// <summary>FF FE 51 and the version.</summary>
    public static ReadOnlySpan<byte> Magic => [0xFF, 0xFE, (byte)'Q', SegmentHeader.Version];

    /// <summary>Bytes of the record with its document.</summary>
    public int Length => HeaderLength + DocumentLength;

    /// <summary>Writes header and document.</summary>
    public static void Write(Span<byte> record, long number, in EventEntry entry, long queued, EventLayout layout, ReadOnlySpan<byte> document)
    {
        Magic.CopyTo(record);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], document.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], number);
        BinaryPrimitives.WriteUInt128LittleEndian(record[16..], entry.Id);
        BinaryPrimitives.WriteInt64LittleEndian(record[32..], entry.Timestamp);
        BinaryPrimitives.WriteInt64LittleEndian(record[40..], queued);
        BinaryPrimitives.WriteUInt64LittleEndian(record[48..], (byte)layout);
        document.CopyTo(record[HeaderLength..]);
        BinaryPrimitives.WriteUInt64LittleEndian(record[Hashed..], HashOf(record, document.Length));
    }

    /// <summary>Whether this can be a header; whether it is one, <see cref="IsWhole"/> says.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out SpoolRecord record)
    {
        record = default;
        if (!header.StartsWith(Magic))
        {
            return false;
        }

        record = new SpoolRecord(
            BinaryPrimitives.ReadInt64LittleEndian(header[8..]),
            BinaryPrimitives.ReadUInt128LittleEndian(header[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[40..]),
            (EventLayout)header[48],
            BinaryPrimitives.ReadInt32LittleEndian(header[4..]));
        return record.DocumentLength is >= 0 and <= MaximumDocument && record.Number > 0 && record.Queued >= 0;
    }

    /// <summary>The hash of header and document is right.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt64LittleEndian(record[Hashed..]) == HashOf(record, record.Length - HeaderLength);

    /// <summary>The document's hash with the header's as its seed: no copy to put them together.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> record, int documentLength)
    {
        ulong header = XxHash3.HashToUInt64(record[..Hashed]);
        return XxHash3.HashToUInt64(record.Slice(HeaderLength, documentLength), (long)header);
    }
}
