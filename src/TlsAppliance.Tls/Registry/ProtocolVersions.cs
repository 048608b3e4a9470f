using System.Globalization;
using System.Text;
using System.Text.Unicode;

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
    public static int WriteNumber(ProtocolVersion version, Span<byte> destination) => version switch
    {
        ProtocolVersion.Ssl20 => Write("2.0"u8, destination),
        _ when IsTls(version) => WritePair(1, Minor(version) - 1, destination),
        _ => WriteDotted(version, destination),
    };

    /// <inheritdoc cref="WriteNumber"/>
    public static string Number(ProtocolVersion version)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..WriteNumber(version, text)]);
    }

    /// <summary><c>TLS 1.2</c>, <c>SSL 3.0</c>, else <c>(raw 127.28)</c>.</summary>
    public static int WriteText(ProtocolVersion version, Span<byte> destination)
    {
        int written;
        CultureInfo culture = CultureInfo.InvariantCulture;
        _ = version switch
        {
            ProtocolVersion.Ssl20 => Utf8.TryWrite(destination, culture, $"SSL 2.0", out written),
            ProtocolVersion.Ssl30 => Utf8.TryWrite(destination, culture, $"SSL 3.0", out written),
            _ when IsTls(version) => Utf8.TryWrite(destination, culture, $"TLS 1.{Minor(version) - 1}", out written),
            _ => Utf8.TryWrite(destination, culture, $"(raw {Major(version)}.{Minor(version)})", out written),
        };
        return written;
    }

    /// <inheritdoc cref="WriteText"/>
    public static string Text(ProtocolVersion version)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..WriteText(version, text)]);
    }

    /// <summary>Major and minor byte in decimal: <c>3.3</c>.</summary>
    public static int WriteDotted(ProtocolVersion version, Span<byte> destination) => WritePair(Major(version), Minor(version), destination);

    /// <inheritdoc cref="WriteDotted"/>
    public static string Dotted(ProtocolVersion version)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..WriteDotted(version, text)]);
    }

    private static bool IsTls(ProtocolVersion version) => Major(version) == 3 && Minor(version) > 0;

    private static int Major(ProtocolVersion version) => (int)version >> 8;

    private static int Minor(ProtocolVersion version) => (byte)version;

    private static int WritePair(int major, int minor, Span<byte> destination)
    {
        Utf8.TryWrite(destination, CultureInfo.InvariantCulture, $"{major}.{minor}", out int written);
        return written;
    }

    private static int Write(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }
}
