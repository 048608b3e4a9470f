namespace TlsAppliance.Network.Reassembly;

/// <summary>What stream reassembly met. Plain cells of one shard.</summary>
public sealed class ReassemblyCounters
{
    /// <summary>Segments that came before bytes in front of them and were held.</summary>
    public long OutOfOrder;

    /// <summary>Segments that brought nothing new: retransmissions, keep-alives, copies of the capture.</summary>
    public long Duplicates;

    /// <summary>Segments of which a part was already there. The first byte wins.</summary>
    public long Overlaps;

    /// <summary>Overlaps whose bytes differed from those still held: damage or evasion.</summary>
    public long DifferingOverlaps;

    /// <summary>Segments too far from the expected number to belong to this stream.</summary>
    public long OutOfWindow;

    /// <summary>Segments or parts of them beyond the FIN.</summary>
    public long AfterFin;

    /// <summary>Holes given up, and the bytes missing in them.</summary>
    public long Gaps;

    public long GapBytes;

    /// <summary>Of these: holes given up because the shard's bytes were used up.</summary>
    public long MemoryGaps;

    /// <summary>Of these: bytes that a snapshot length cut off.</summary>
    public long CutBytes;

    /// <summary>Pieces looked at while sorting segments in; the tests see from it that work stays linear.</summary>
    internal long Steps;
}
