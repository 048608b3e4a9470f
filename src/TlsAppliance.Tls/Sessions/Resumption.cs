namespace TlsAppliance.Tls.Sessions;

/// <summary>How a session was resumed, told from the wire.</summary>
public enum Resumption : byte
{
    None = 0,

    /// <summary>Session id echoed in an abbreviated handshake (RFC 5246 §7.3).</summary>
    Id,

    /// <summary>Session ticket accepted (RFC 5077).</summary>
    Ticket,

    /// <summary>Pre-shared key selected by a TLS 1.3 server (RFC 8446 §2.2).</summary>
    Psk,
}
