using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Text;

namespace TlsAppliance.Tls.Fingerprints;

/// <summary>JA3S of a ServerHello: <c>version,cipher,extensions</c> in decimal, and the MD5 of that text.</summary>
public static class Ja3S
{
    /// <inheritdoc cref="Ja3.HashLength"/>
    public const int HashLength = Ja3.HashLength;

    /// <summary>Bytes that <see cref="WriteText"/> needs at most for this hello.</summary>
    public static int MaxTextLength(in HeldHello hello) => Ja3.MaxTextLength(hello);

    /// <summary>Writes the text in ASCII and returns the bytes written.</summary>
    public static int WriteText(in HeldHello hello, Span<byte> destination)
    {
        var writer = new AsciiWriter(destination);
        Ja3.AppendVersionCiphersExtensions(ref writer, hello);
        return writer.Length;
    }

    /// <summary>Writes the hash, <see cref="HashLength"/> bytes of ASCII, and returns the bytes written.</summary>
    public static int WriteHash(in HeldHello hello, Span<byte> destination)
    {
        using var text = new ScratchBuffer<byte>(MaxTextLength(hello));
        return Ja3.WriteMd5(text.Span[..WriteText(hello, text.Span)], destination);
    }
}
