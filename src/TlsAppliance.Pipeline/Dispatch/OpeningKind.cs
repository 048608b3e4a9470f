namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>By what a connection's generation is known; a SYN says more than a SYN-ACK, which counts only where no SYN is seen (one-way captures).</summary>
internal enum OpeningKind : byte
{
    /// <summary>Neither was seen.</summary>
    None = 0,

    SynAck,

    Syn,
}
