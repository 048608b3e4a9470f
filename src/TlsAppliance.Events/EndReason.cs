namespace TlsAppliance.Events;

/// <summary>Why an event was published when it was; <c>tls_appliance.end_reason</c>.</summary>
public enum EndReason : byte
{
    HandshakeCompleted = 0,

    /// <summary>FIN of both sides before the handshake completed.</summary>
    Fin,
    Rst,

    /// <summary>No packet for <c>transaction_timeout</c> while the handshake was unfinished.</summary>
    Timeout,

    /// <summary>The flow had to make room.</summary>
    Evicted,

    EndOfInput,

    /// <summary>A new connection used the same addresses and ports.</summary>
    PortReuse,

    /// <summary>The box was stopped (live only).</summary>
    Shutdown,
}
