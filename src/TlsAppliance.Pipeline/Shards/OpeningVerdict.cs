namespace TlsAppliance.Pipeline.Shards;

/// <summary>What a SYN or SYN-ACK is to the connection that its key has now.</summary>
internal enum OpeningVerdict : byte
{
    /// <summary>Its first SYN or SYN-ACK, perhaps later than the data.</summary>
    Belongs = 0,

    /// <summary>A retransmission.</summary>
    Repeated,

    /// <summary>Of a copy of the connection with other numbers, or forged: ignored.</summary>
    Foreign,

    /// <summary>Opens another connection.</summary>
    New,
}
