using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Tls.Fingerprints;

/// <summary>JA4 of a ClientHello over TCP.</summary>
public static class Ja4
{
    /// <summary>Characters of the hashed forms: <c>t13d1516h2_8daaf6152771_e5627efa2ab1</c>.</summary>
    public const int HashLength = 36;

    /// <summary>Bytes that <see cref="Write"/> needs at most for this hello.</summary>
    public static int MaxLength(in HeldHello hello, Ja4Form form) => 0;

    /// <summary>Writes one form and returns the bytes written.</summary>
    public static int Write(in HeldHello hello, Ja4Form form, Span<byte> destination) => 0;
}
