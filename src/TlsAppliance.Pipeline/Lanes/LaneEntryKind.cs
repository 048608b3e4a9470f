namespace TlsAppliance.Pipeline.Lanes;

/// <summary>What an entry of a <see cref="FrameBatch"/> is. All but frames are control marks that travel in frame order.</summary>
internal enum LaneEntryKind : byte
{
    Frame = 0,

    /// <summary>Packet time has come to the entry's timestamp.</summary>
    Tick,

    /// <summary>The time line ends: open sessions are published, tables start anew.</summary>
    EndSegment,

    /// <summary>Each stage copies its counters for the snapshot whose number is the entry's timestamp.</summary>
    Snapshot,

    /// <summary>Nothing follows. Sessions that are still open are not published: an <see cref="EndSegment"/> before it does that.</summary>
    EndOfInput,
}
