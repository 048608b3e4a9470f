namespace TlsAppliance.Network.Reassembly;

/// <summary>Bounds of stream reassembly. Times are packet time and are looked at on ticks.</summary>
public sealed record ReassemblyOptions
{
    /// <summary>Bytes that one direction may hold behind a hole; more gives the hole up.</summary>
    /// <value>256 KiB: a whole server flight with large certificates, several times over.</value>
    public int MaximumFlowBytes { get; init; } = 256 * 1024;

    /// <summary>Pieces that one direction may hold behind a hole; more gives the hole up. Pieces that follow each other share one as far as it has room.</summary>
    /// <value>512: a ClientHello in segments of one byte, reversed, still fits.</value>
    public int MaximumFlowPieces { get; init; } = 512;

    /// <summary>Bytes that all directions of a shard may hold together. A direction that would exceed it gives its own hole up.</summary>
    /// <value>64 MiB.</value>
    public long MaximumShardBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long a hole may stay open after the first segment behind it.</summary>
    /// <value>2 seconds: several retransmissions of an ordinary stack.</value>
    public TimeSpan HoleTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes around the expected number within which a segment belongs to the stream. What lies outside is counted and ignored.</summary>
    /// <value>1 MiB; handshakes are far smaller, and a copy of the connection with other numbers misses it with a chance of 2,047 in 2,048.</value>
    public int Window { get; init; } = 1024 * 1024;

    /// <summary>Where no SYN told the first number, this many pieces are held back in case an earlier segment is merely late.</summary>
    /// <value>8.</value>
    public int GracePieces { get; init; } = 8;

    /// <inheritdoc cref="GracePieces"/>
    /// <value>16 KiB.</value>
    public int GraceBytes { get; init; } = 16 * 1024;

    /// <summary>How long such pieces are held back.</summary>
    /// <value>200 ms.</value>
    public TimeSpan GraceTimeout { get; init; } = TimeSpan.FromMilliseconds(200);
}
