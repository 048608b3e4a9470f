namespace TlsAppliance.Tls.Registry;

/// <summary>Values that clients send to keep servers tolerant (RFC 8701): 0x0A0A, 0x1A1A … 0xFAFA.</summary>
public static class Grease
{
    /// <summary>True for a 16-bit cipher suite, extension type, group, signature scheme or version that means nothing.</summary>
    public static bool IsGrease(ushort value) => (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);
}
