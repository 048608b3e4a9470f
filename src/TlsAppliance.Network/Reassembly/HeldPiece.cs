namespace TlsAppliance.Network.Reassembly;

/// <summary>Bytes of one stream that wait behind a hole, or (without bytes) a stretch that a snapshot length cut off. Owned by <see cref="SegmentPool"/>.</summary>
internal sealed class HeldPiece
{
    private readonly byte[] _buffer;

    public HeldPiece(int capacity) => _buffer = capacity == 0 ? [] : GC.AllocateUninitializedArray<byte>(capacity);

    public HeldPiece? Next;

    public TcpSequence Sequence;

    /// <summary>Bytes of the stream that this piece stands for.</summary>
    public int Length;

    /// <summary>Packet time of the first segment in it.</summary>
    public long Time;

    public int Capacity => _buffer.Length;

    public bool IsCut => _buffer.Length == 0;

    public TcpSequence End => Sequence + Length;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, IsCut ? 0 : Length);

    /// <summary>Room left for bytes that follow directly.</summary>
    public int Room => IsCut ? 0 : _buffer.Length - Length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }
}
