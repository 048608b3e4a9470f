namespace TlsAppliance.LoadTest.Generate;

/// <summary>Kinds of TLS sessions in a load.</summary>
internal enum SessionKind
{
    Tls13,
    Tls13PostQuantum,
    Tls13PreSharedKey,
    Tls13HelloRetry,
    Tls12,
    Tls12ClientCertificate,
    Tls12SessionId,
    Tls12Ticket,
    Tls10,
    Alert,
    Tls12CertificateAlert,
}
