using System.Text;
using TlsAppliance.Tls.Text;

namespace TlsAppliance.Tls.Registry;

/// <summary>Texts of a version: the short number, the protocol, the long form and the plain wire form, as Packetbeat spells them.</summary>
public static class ProtocolVersions
{
    /// <summary>Bytes that any of the texts needs at most: <c>(raw 255.255)</c>.</summary>
    public const int MaxLength = 13;

    /// <summary><c>tls</c>, <c>ssl</c> or <c>unknown</c>.</summary>
    public static ReadOnlySpan<byte> Utf8Protocol(ProtocolVersion version) => version switch
    {
        ProtocolVersion.Ssl20 or ProtocolVersion.Ssl30 => "ssl"u8,
        _ when IsTls(version) => "tls"u8,
        _ => "unknown"u8,
    };

    /// <inheritdoc cref="Utf8Protocol"/>
    public static string Protocol(ProtocolVersion version) => Encoding.ASCII.GetString(Utf8Protocol(version));

    /// <summary><c>1.2</c>, <c>3.0</c> (SSL); the two bytes as they are for what is neither: <c>127.28</c>.</summary>
    public static int WriteNumber(ProtocolVersion version, Span<byte> destination)
    {
        var writer = new AsciiWriter(destination);
        AppendNumber(ref writer, version);
        return writer.Length;
    }

    /// <inheritdoc cref="WriteNumber"/>
    public static string Number(ProtocolVersion version)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..WriteNumber(version, text)]);
    }

    /// <summary><c>TLS 1.2</c>, <c>SSL 3.0</c>, else <c>(raw 127.28)</c>.</summary>
    public static int WriteText(ProtocolVersion version, Span<byte> destination)
    {
        bool isNamed = version is ProtocolVersion.Ssl20 or ProtocolVersion.Ssl30 || IsTls(version);
        var writer = new AsciiWriter(destination);
        writer.Append(!isNamed ? "(raw "u8 : IsTls(version) ? "TLS "u8 : "SSL "u8);
        AppendNumber(ref writer, version);
        writer.Append(isNamed ? default : ")"u8);
        return writer.Length;
    }

    /// <inheritdoc cref="WriteText"/>
    public static string Text(ProtocolVersion version)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..WriteText(version, text)]);
    }

    /// <summary>Major and minor byte in decimal: <c>3.3</c>.</summary>
    public static int WriteDotted(ProtocolVersion version, Span<byte> destination)
    {
        var writer = new AsciiWriter(destination);
        AppendPair(ref writer, Major(version), Minor(version));
        return writer.Length;
    }

    /// <inheritdoc cref="WriteDotted"/>
    public static string Dotted(ProtocolVersion version)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..WriteDotted(version, text)]);
    }

    private static bool IsTls(ProtocolVersion version) => Major(version) == 3 && Minor(version) > 0;

    private static int Major(ProtocolVersion version) => (int)version >> 8;

    private static int Minor(ProtocolVersion version) => (byte)version;

    private static void AppendNumber(ref AsciiWriter writer, ProtocolVersion version)
    {
        switch (version)
        {
            case ProtocolVersion.Ssl20:
                AppendPair(ref writer, 2, 0);
                break;
            case var tls when IsTls(tls):
                AppendPair(ref writer, 1, Minor(tls) - 1);
                break;
            default:
                AppendPair(ref writer, Major(version), Minor(version));
                break;
        }
    }

    private static void AppendPair(ref AsciiWriter writer, int major, int minor)
    {
        writer.AppendDecimal(major);
        writer.Append((byte)'.');
        writer.AppendDecimal(minor);
    }
}
