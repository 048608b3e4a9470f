namespace TlsAppliance.Network.Reassembly;

/// <summary>The part of a TCP segment that its stream is made of.</summary>
public readonly ref struct TcpSegment
{
    public TcpSegment(TcpSequence sequence, ReadOnlySpan<byte> payload, int missing, bool fin, long time)
    {
        Sequence = sequence;
        Payload = payload;
        Missing = missing;
        Fin = fin;
        Time = time;
    }

    /// <summary>Number of the first payload byte (of a SYN: one more than its sequence number).</summary>
    public TcpSequence Sequence { get; }

    /// <summary>The captured payload, borrowed.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Payload bytes after <see cref="Payload"/> that a snapshot length cut off.</summary>
    public int Missing { get; }

    /// <summary>The stream ends after this segment.</summary>
    public bool Fin { get; }

    /// <summary>Packet time in nanoseconds since 1970-01-01T00:00:00Z; holes wait from here.</summary>
    public long Time { get; }

    public int Length => Payload.Length + Missing;

    public TcpSequence End => Sequence + Length;
}
