namespace TlsAppliance.Tls.Registry;

/// <summary>Names of OCSPResponseStatus (RFC 6960 §4.2.1). Unknown: the number.</summary>
public static class OcspResponseStatuses
{
    private static readonly CodePointNames Names = new(UnknownForm.Number, """
        0000 successful
        0001 malformedRequest
        0002 internalError
        0003 tryLater
        0005 sigRequired
        0006 unauthorized
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
