namespace TlsAppliance.Tls.Sessions;

/// <summary>What the first bytes of a direction are.</summary>
internal enum StreamStart : byte
{
    /// <summary>Too few bytes to tell.</summary>
    Incomplete = 0,

    /// <summary>TLS records.</summary>
    Records,

    /// <summary>A ClientHello in SSLv2 framing.</summary>
    Ssl2Hello,

    /// <summary>Something else: perhaps a protocol that begins TLS later.</summary>
    Other,
}
