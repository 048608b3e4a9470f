namespace TlsAppliance.Network.Reassembly;

/// <summary>What is known of a <see cref="StreamState"/>.</summary>
[Flags]
internal enum StreamMarks : byte
{
    None = 0,
    Placed = 1 << 0,
    Tentative = 1 << 1,
    Used = 1 << 2,
    Unwanted = 1 << 3,

    /// <summary>A FIN told where the stream ends.</summary>
    EndKnown = 1 << 4,
    Finished = 1 << 5,
}
