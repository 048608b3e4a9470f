namespace TlsAppliance.Tls.Certificates;

/// <summary>What an event shows of a public key; see the properties of <see cref="CertificateFacts"/>.</summary>
internal readonly record struct PublicKeyFacts(string Algorithm, int? Size = null, string? Curve = null, long? Exponent = null);
