namespace TlsAppliance.LoadTest.Generate;

/// <summary>What the traffic is like.</summary>
internal enum LoadProfile
{
    /// <summary>Many short sessions, nearly all TLS: the cost of handshakes and events.</summary>
    HandshakeStorm,

    /// <summary>An office link: TLS, HTTP, QUIC, DNS, file transfers, scans.</summary>
    EnterpriseMix,

    /// <summary>Few sessions with long transfers in jumbo frames: the cost of a byte.</summary>
    Bulk,

    /// <summary>Connections that stop after the ClientHello: the cost of holding state.</summary>
    ManyFlows,
}
