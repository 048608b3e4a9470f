using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline.Lanes;

/// <summary>One frame, or one mark, in a <see cref="FrameBatch"/>.</summary>
internal struct LaneEntry
{
    /// <summary>What the headers said; offsets are within the entry's bytes.</summary>
    public DecodedFrame Decoded;

    /// <summary>Hash of the flow key.</summary>
    public ulong Hash;

    /// <summary>Capture time in ns since 1970; of a mark see <see cref="LaneEntryKind"/>.</summary>
    public long Timestamp;

    /// <summary>Where the bytes lie in the batch.</summary>
    public int Offset;

    public int Length;

    public int WireLength;

    public LinkType LinkType;

    public ushort Interface;

    public LaneEntryKind Kind;
}
