namespace TlsAppliance.Tls.Certificates;

/// <summary>Name of a signature algorithm, and whether Go's crypto/x509 has it too.</summary>
internal readonly record struct SignatureAlgorithmName(string Name, bool IsKnownToPacketbeat);
