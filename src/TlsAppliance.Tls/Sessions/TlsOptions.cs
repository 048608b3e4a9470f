namespace TlsAppliance.Tls.Sessions;

/// <summary>The bounds of reading TLS. What exceeds them is skipped and counted; the rest is read on.</summary>
public sealed record TlsOptions
{
    /// <value>Longest handshake message that is kept whole, in bytes. Default 1 MiB: real Certificate messages of 340 kB exist.</value>
    public int MaxHandshakeMessage { get; init; } = 1 << 20;

    /// <value>Bytes of each direction that may go by before a hello. Default 16 KiB.</value>
    public int MaxPreamble { get; init; } = 16 << 10;

    /// <value>Certificates kept per direction. Default 64.</value>
    public int MaxCertificates { get; init; } = 64;

    /// <value>Plaintext alerts kept per direction. Default 32.</value>
    public int MaxAlerts { get; init; } = 32;
}
