namespace TlsAppliance.Tls.Registry;

/// <summary>A signature scheme's code point (IANA "TLS SignatureScheme"). Names: <see cref="SignatureSchemes"/>.</summary>
public enum SignatureScheme : ushort
{
    None = 0,
}
