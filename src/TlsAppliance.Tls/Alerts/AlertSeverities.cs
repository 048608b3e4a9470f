using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Alerts;

/// <summary>Names of AlertLevel (RFC 8446 §6). Unknown: <c>(unknown:0x1a)</c>.</summary>
public static class AlertSeverities
{
    private static readonly CodePointNames Names = new(UnknownForm.HexByte, """
        0001 warning
        0002 fatal
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
