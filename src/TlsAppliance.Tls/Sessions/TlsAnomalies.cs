namespace TlsAppliance.Tls.Sessions;

/// <summary>What was odd about a session. None of it ends the reading.</summary>
[Flags]
public enum TlsAnomalies
{
    None = 0,

    /// <summary>A hello whose extension block runs past its end.</summary>
    MalformedExtensions = 1 << 0,

    /// <summary>A hello, certificate or alert that does not follow its structure.</summary>
    MalformedMessage = 1 << 1,

    /// <summary>Bytes that are no record where one had to begin.</summary>
    MalformedRecord = 1 << 2,

    /// <summary>A handshake message longer than the bound.</summary>
    OversizedMessage = 1 << 3,

    /// <summary>A second ClientHello without a HelloRetryRequest.</summary>
    RepeatedClientHello = 1 << 4,

    /// <summary>More certificates or alerts than the bounds keep.</summary>
    TooMany = 1 << 5,
}
