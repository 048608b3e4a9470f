namespace TlsAppliance.Tls.Alerts;

/// <summary>IANA "TLS Alerts".</summary>
public static class AlertDescriptions
{
}
