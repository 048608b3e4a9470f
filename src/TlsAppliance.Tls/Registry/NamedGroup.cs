namespace TlsAppliance.Tls.Registry;

/// <summary>A key exchange group's code point (IANA "TLS Supported Groups"). Names: <see cref="NamedGroups"/>.</summary>
public enum NamedGroup : ushort
{
    None = 0,
    Secp256R1 = 0x0017,
    Secp384R1 = 0x0018,
    Secp521R1 = 0x0019,
    X25519 = 0x001D,
    X448 = 0x001E,
    X25519MlKem768 = 0x11EC,
}
