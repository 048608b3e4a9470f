namespace TlsAppliance.Tls.Handshake;

/// <summary>Writes the held form of a hello.</summary>
public static class HeldHelloWriter
{
}
