using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Files;

/// <summary>
/// One file format, fed with the bytes of one file in pieces: finds the frames in each piece without copying them. Bytes never make it throw;
/// the first thing that is wrong ends the file and is told by <see cref="Damage"/>.
/// </summary>
internal abstract class CaptureFormat
{
    /// <summary>Largest frame that is believed. Wireshark has the same bound; a longer one means that the record header is garbage.</summary>
    public const int MaximumFrameLength = 262_144;

    /// <summary>Bytes that tell which format a file has.</summary>
    public const int MagicLength = 4;

    /// <summary>What is wrong at the first byte that was not consumed (less <see cref="Skipped"/>), or null.</summary>
    public string? Damage { get; protected set; }

    /// <summary>Bytes that the next record has in all, as far as known: the room that its reader must offer.</summary>
    public int Needed { get; protected set; }

    /// <summary>Bytes of an unfinished record that were consumed already, because nothing in them is of interest.</summary>
    public long Skipped { get; protected set; }

    protected bool IsBigEndian { get; set; }

    /// <summary>The format whose magic <paramref name="bytes"/> begin with (at least <see cref="MagicLength"/> of them), or null.</summary>
    public static CaptureFormat? Recognise(ReadOnlySpan<byte> bytes) =>
        PcapFormat.TryCreate(bytes) ?? (CaptureFormat?)PcapngFormat.TryCreate(bytes);

    /// <summary>Adds the frames of all whole records to <paramref name="block"/>, whose buffer <paramref name="bytes"/> is the start of.</summary>
    /// <returns>Bytes consumed: the next call begins with the first one that was not.</returns>
    public abstract int Index(ReadOnlySpan<byte> bytes, FrameBlock block);

    /// <summary>Says what the file was cut in if it ends here, <paramref name="rest"/> being what was not consumed; null when it ends well.</summary>
    public abstract string? DescribeCut(ReadOnlySpan<byte> rest);

    protected ushort ReadUInt16(ReadOnlySpan<byte> bytes, int offset)
    {
        ushort value = BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    protected uint ReadUInt32(ReadOnlySpan<byte> bytes, int offset)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    protected ulong ReadUInt64(ReadOnlySpan<byte> bytes, int offset)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Length on the wire as told by the file: never less than what was captured, and saturated.</summary>
    protected static int WireLength(uint told, int captured) => (int)Math.Clamp(told, (uint)captured, int.MaxValue);
}
