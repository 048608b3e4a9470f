namespace TlsAppliance.Tls.Certificates;

/// <summary>Reads one DER certificate (RFC 5280 §4.1).</summary>
public static class CertificateReader
{
}
