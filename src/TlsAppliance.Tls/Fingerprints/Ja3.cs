using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Tls.Fingerprints;

/// <summary>JA3 of a ClientHello: <c>version,ciphers,extensions,groups,point formats</c> in decimal, and the MD5 of that text.</summary>
public static class Ja3
{
    /// <summary>Lower-case hexadecimal characters of the hash.</summary>
    public const int HashLength = 32;

    /// <summary>Bytes that <see cref="WriteText"/> needs at most for this hello.</summary>
    public static int MaxTextLength(in HeldHello hello) => 0;

    /// <summary>Writes the text and returns the bytes written.</summary>
    public static int WriteText(in HeldHello hello, Span<byte> destination) => 0;

    /// <summary>Writes the hash, <see cref="HashLength"/> bytes, and returns the bytes written.</summary>
    public static int WriteHash(in HeldHello hello, Span<byte> destination) => 0;
}
