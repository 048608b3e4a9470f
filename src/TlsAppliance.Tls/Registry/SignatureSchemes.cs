namespace TlsAppliance.Tls.Registry;

/// <summary>Names of the IANA registry.</summary>
public static class SignatureSchemes
{
}
