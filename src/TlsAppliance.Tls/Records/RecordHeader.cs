using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TlsAppliance.Tls.Records;

/// <summary>Head of a record (RFC 8446 §5.1): <c>type</c> 1, <c>legacy_record_version</c> 2, <c>length</c> 2.</summary>
internal readonly record struct RecordHeader(ContentType Type, ushort LegacyRecordVersion, int Length)
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 5;

    /// <summary>Longest fragment in any version: 2^14 bytes and 2,048 of expansion (RFC 5246 §6.2.3).</summary>
    public const int MaxFragment = (1 << 14) + 2048;

    /// <summary>Only the major version is fixed: clients put any minor one there, and drafts of TLS 1.3 did too.</summary>
    private const int MajorVersion = 3;

    /// <summary>The newest minor version ever put on the wire (early TLS 1.3 drafts).</summary>
    private const int MaxMinorVersion = 4;

    /// <summary>Smallest encrypted alert: 2 bytes of content and 8 of an authentication tag or block.</summary>
    private const int MinEncryptedAlert = 10;

    /// <summary>True when this can be the head of a record.</summary>
    public bool IsValid => LegacyRecordVersion >> 8 == MajorVersion && Length <= MaxFragment;

    /// <summary>
    /// True when this is very likely the head of a record, and not bytes that look like one: what to ask where the beginning of a record is not known.
    /// </summary>
    public bool IsPlausible => IsValid && (LegacyRecordVersion & 0xFF) <= MaxMinorVersion && Type switch
    {
        ContentType.ChangeCipherSpec => Length == 1,
        ContentType.Alert => Length is 2 or >= MinEncryptedAlert,
        ContentType.Handshake or ContentType.ApplicationData => Length > 0,
        _ => false,
    };

    /// <summary>False when the bytes end inside the header.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RecordHeader header)
    {
        header = default;
        if (bytes.Length < Size)
        {
            return false;
        }

        header = new RecordHeader(
            (ContentType)bytes[0],
            BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]));
        return true;
    }
}
