namespace TlsAppliance.Network.Reassembly;

/// <summary>
/// Where one TCP direction stands: 48 bytes that live in their flow, so that an idle direction costs nothing else. Changed by
/// <see cref="StreamReassembler"/> only. Equal to <c>default</c>: nothing is known of this direction yet.
/// </summary>
public struct StreamState
{
    internal HeldPiece? First;
    internal HeldPiece? Last;
    internal TcpSequence NextNumber;
    internal TcpSequence EndNumber;
    internal int HeldPieces;
    internal int HeldBytes;
    internal long GivenUpBytes;
    internal StreamMarks Marks;

    /// <summary>The number that the next byte must have is known.</summary>
    public readonly bool IsPlaced => (Marks & StreamMarks.Placed) != 0;

    /// <summary>Pieces are held back because an earlier segment may be late, see <see cref="ReassemblyOptions.GracePieces"/>.</summary>
    public readonly bool IsTentative => (Marks & StreamMarks.Tentative) != 0;

    /// <summary>A payload byte was taken (delivered or held).</summary>
    public readonly bool IsUsed => (Marks & StreamMarks.Used) != 0;

    /// <summary>The stream was delivered up to its FIN.</summary>
    public readonly bool IsFinished => (Marks & StreamMarks.Finished) != 0;

    /// <summary>The consumer wants no more; only numbers are followed.</summary>
    public readonly bool IsUnwanted => (Marks & StreamMarks.Unwanted) != 0;

    /// <summary>Something waits behind a hole, or is held back.</summary>
    public readonly bool IsWaiting => First is not null;

    /// <summary>Number of the next byte to deliver.</summary>
    public readonly TcpSequence Next => NextNumber;

    /// <summary>Bytes given up in holes so far.</summary>
    public readonly long GapBytes => GivenUpBytes;
}
