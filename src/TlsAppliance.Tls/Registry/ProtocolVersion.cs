namespace TlsAppliance.Tls.Registry;

/// <summary>A version as it stands on the wire (two bytes, major first). Drafts and unknown values keep their number.</summary>
public enum ProtocolVersion : ushort
{
    None = 0,
    Ssl20 = 0x0002,
    Ssl30 = 0x0300,
    Tls10 = 0x0301,
    Tls11 = 0x0302,
    Tls12 = 0x0303,
    Tls13 = 0x0304,
}
