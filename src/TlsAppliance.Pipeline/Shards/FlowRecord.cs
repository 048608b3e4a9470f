using TlsAppliance.Pipeline.Dispatch;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>What the flow table keeps for each connection: all that is left of it once it is finished, 40 bytes.</summary>
internal struct FlowRecord
{
    /// <summary>The connection while it is open.</summary>
    public TlsFlow? Flow;

    /// <summary>Hash of the last ClientHello's random on this key, by which a copy of the same traffic is recognised; 0: none yet.</summary>
    public ulong LastRandom;

    public ConnectionOpening Opening;

    public FlowState State;

    /// <summary>What <see cref="Generation"/> is the number of.</summary>
    public OpeningKind OpenedBy;

    /// <summary>Number of the key's latest SYN, or of its latest SYN-ACK while no SYN was seen: what the dispatcher knows the connection by.</summary>
    public uint Generation;

    /// <summary>Packet time at which <see cref="LastRandom"/> was seen, in seconds modulo 2¹⁶; it is good for a while.</summary>
    public ushort LastRandomSecond;

    /// <summary>Packet time at which the last connection was settled, in seconds modulo 2¹⁶; its numbers are good for a while.</summary>
    public ushort SettledSecond;
}
