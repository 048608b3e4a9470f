namespace TlsAppliance.Tls.Registry;

/// <summary>Names of certificate types (RFC 6091, RFC 7250) in Packetbeat's spelling. Unknown: <c>(unknown:26)</c>.</summary>
public static class CertificateTypes
{
    private static readonly CodePointNames Names = new(UnknownForm.Decimal, """
        0000 X.509
        0001 OpenPGP
        0002 RawPubKey
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
