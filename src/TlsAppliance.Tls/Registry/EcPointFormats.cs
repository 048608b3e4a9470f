namespace TlsAppliance.Tls.Registry;

/// <summary>Names of IANA "TLS EC Point Formats". Unknown: <c>(unknown:0x1a)</c>.</summary>
public static class EcPointFormats
{
    private static readonly CodePointNames Names = new(UnknownForm.HexByte, """
        0000 uncompressed
        0001 ansiX962_compressed_prime
        0002 ansiX962_compressed_char2
        """);

    /// <summary>Bytes that <see cref="Write"/> needs at most.</summary>
    public static int MaxLength => Names.MaxLength;

    /// <summary>Name, or the form for unknown values.</summary>
    public static string Name(byte code) => Names.Text(code);

    /// <summary>Name in UTF-8; empty when the value has none.</summary>
    public static ReadOnlySpan<byte> Utf8Name(byte code) => Names.Utf8(code);

    /// <summary>Writes the name, or the form for unknown values, in UTF-8 and returns the bytes written.</summary>
    public static int Write(byte code, Span<byte> destination) => Names.Write(code, destination);
}
