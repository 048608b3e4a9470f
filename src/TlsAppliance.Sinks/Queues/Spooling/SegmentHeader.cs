using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Hashing;

namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>
/// The first bytes of a segment: magic (8), version (4), zero (4), number of the first record (8), XxHash3 of these (8), all little-endian. A header that is damaged costs
/// nothing: the file's name says the number, and each record stands for itself.
/// </summary>
internal static class SegmentHeader
{
    public const int Length = 32;

    /// <summary>Of the segments, their records and the cursor.</summary>
    public const int Version = 1;

    public const string Suffix = ".segment";

    /// <summary>More events than will ever be; a name with a higher number is not ours.</summary>
    private const long MaximumNumber = 1L << 60;

    private const int Hashed = 24;

    private static ReadOnlySpan<byte> Magic => "TLSQUEUE"u8;

    /// <summary>Digits enough for every number, so that names sort.</summary>
    public static string NameOf(long first) => first.ToString("D20", CultureInfo.InvariantCulture) + Suffix;

    public static bool TryParseName(string name, out long first)
    {
        first = 0;
        return name.EndsWith(Suffix, StringComparison.Ordinal) &&
            long.TryParse(name.AsSpan(0, name.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out first) &&
            first is > 0 and <= MaximumNumber && name == NameOf(first);
    }

    public static void Write(Span<byte> header, long first)
    {
        header[..Length].Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], first);
        BinaryPrimitives.WriteUInt64LittleEndian(header[Hashed..], XxHash3.HashToUInt64(header[..Hashed]));
    }

    /// <summary>true: undamaged, and of another version than ours.</summary>
    public static bool IsOfOtherVersion(ReadOnlySpan<byte> header, [NotNullWhen(true)] out int? version)
    {
        version = null;
        if (header.Length == Length && header.StartsWith(Magic) &&
            BinaryPrimitives.ReadUInt64LittleEndian(header[Hashed..]) == XxHash3.HashToUInt64(header[..Hashed]))
        {
            int found = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
            version = found == Version ? null : found;
        }

        return version is not null;
    }
}
