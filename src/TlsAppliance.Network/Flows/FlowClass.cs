namespace TlsAppliance.Network.Flows;

/// <summary>
/// How long a flow may be idle and how dear it is: each class has its own timeout, and when the table is full the oldest flow of the first class
/// that has one makes room.
/// </summary>
public enum FlowClass : byte
{
    /// <summary>No payload yet: a SYN, a bare acknowledgment.</summary>
    Embryonic = 0,

    /// <summary>Nothing more is wanted of it: its event is out, it is closed, or it is no TLS. Only its key and a few marks are kept.</summary>
    Settled,

    /// <summary>Payload, but no TLS recognised yet.</summary>
    Undecided,

    /// <summary>A TLS handshake is under way.</summary>
    Handshake,
}
