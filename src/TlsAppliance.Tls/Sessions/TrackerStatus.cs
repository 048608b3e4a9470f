namespace TlsAppliance.Tls.Sessions;

/// <summary>Where a connection stands as far as TLS is concerned.</summary>
public enum TrackerStatus : byte
{
    /// <summary>No TLS recognised yet; more bytes may show it.</summary>
    Undecided = 0,

    /// <summary>A TLS handshake is under way.</summary>
    Handshake,

    /// <summary>The handshake is complete; nothing that follows is read.</summary>
    Completed,

    /// <summary>This is no TLS: the bounded preamble of a direction went by, or both directions closed, without a hello.</summary>
    NotTls,
}
