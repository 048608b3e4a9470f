using System.Runtime.InteropServices;

namespace TlsAppliance.Tls.Registry;

/// <summary>Values that clients send to keep servers tolerant (RFC 8701): 0x0A0A, 0x1A1A … 0xFAFA.</summary>
public static class Grease
{
    /// <summary>Stands for all of them in what is held of a hello.</summary>
    internal const ushort First = 0x0A0A;

    /// <summary>True for a 16-bit cipher suite, extension type, group, signature scheme or version that means nothing.</summary>
    public static bool IsGrease(ushort value) => (value & 0x0F0F) == First && value >> 8 == (value & 0xFF);

    /// <summary>Which of the sixteen values a client drew says nothing: all become <see cref="First"/>. An odd last byte stays.</summary>
    /// <param name="codePoints">16-bit code points; both bytes of such a value are the same, so their order does not matter.</param>
    internal static void MakeEqual(Span<byte> codePoints)
    {
        foreach (ref ushort value in MemoryMarshal.Cast<byte, ushort>(codePoints))
        {
            value = IsGrease(value) ? First : value;
        }
    }
}
