using System.Security.Cryptography;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Text;

namespace TlsAppliance.Tls.Fingerprints;

/// <summary>
/// JA3 of a ClientHello: <c>version,ciphers,extensions,groups,point formats</c> in decimal, lists joined by <c>-</c>, without GREASE; and the MD5 of
/// that text.
/// </summary>
public static class Ja3
{
    /// <summary>Lower-case hexadecimal characters of the hash.</summary>
    public const int HashLength = 32;

    /// <summary>Digits of a 16-bit number and a separator.</summary>
    private const int MaxNumberLength = 6;

    /// <summary>Version and the separators between the parts.</summary>
    private const int MaxFixedLength = MaxNumberLength + 4;

    /// <summary>Bytes that <see cref="WriteText"/> needs at most for this hello.</summary>
    public static int MaxTextLength(in HeldHello hello)
    {
        var features = new HelloFeatures(hello);
        int numbers = hello.CipherSuites.Count + features.ExtensionCount + features.Groups.Count + features.PointFormats.Length;
        return MaxFixedLength + (MaxNumberLength * numbers);
    }

    /// <summary>Writes the text in ASCII and returns the bytes written.</summary>
    public static int WriteText(in HeldHello hello, Span<byte> destination)
    {
        var features = new HelloFeatures(hello);
        var writer = new AsciiWriter(destination);
        AppendVersionCiphersExtensions(ref writer, hello);
        writer.Append((byte)',');
        AppendCodePoints(ref writer, features.Groups);
        writer.Append((byte)',');
        AppendPointFormats(ref writer, features.PointFormats);
        return writer.Length;
    }

    /// <summary>Writes the hash, <see cref="HashLength"/> bytes of ASCII, and returns the bytes written.</summary>
    public static int WriteHash(in HeldHello hello, Span<byte> destination)
    {
        using var text = new ScratchBuffer<byte>(MaxTextLength(hello));
        return WriteMd5(text.Span[..WriteText(hello, text.Span)], destination);
    }

    /// <summary>The part that JA3S has too.</summary>
    internal static void AppendVersionCiphersExtensions(ref AsciiWriter writer, in HeldHello hello)
    {
        writer.AppendDecimal((int)hello.LegacyVersion);
        writer.Append((byte)',');
        AppendCodePoints(ref writer, hello.CipherSuites);
        writer.Append((byte)',');
        AppendExtensionTypes(ref writer, hello);
    }

#pragma warning disable CA5351 // JA3 is defined with MD5.
    internal static int WriteMd5(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(text, hash);
        Convert.TryToHexStringLower(hash, destination, out int written);
        return written;
    }
#pragma warning restore CA5351

    private static void AppendCodePoints(ref AsciiWriter writer, scoped CodePoints values)
    {
        int start = writer.Length;
        for (int i = 0; i < values.Count; i++)
        {
            if (!Grease.IsGrease(values[i]))
            {
                AppendNumber(ref writer, start, values[i]);
            }
        }
    }

    private static void AppendExtensionTypes(ref AsciiWriter writer, in HeldHello hello)
    {
        int start = writer.Length;
        if (hello.ExtensionBlock == ExtensionBlockState.Malformed)
        {
            return;
        }

        foreach (HeldExtension extension in hello)
        {
            if (!Grease.IsGrease((ushort)extension.Type))
            {
                AppendNumber(ref writer, start, (int)extension.Type);
            }
        }
    }

    private static void AppendPointFormats(ref AsciiWriter writer, scoped ReadOnlySpan<byte> formats)
    {
        int start = writer.Length;
        foreach (byte format in formats)
        {
            AppendNumber(ref writer, start, format);
        }
    }

    private static void AppendNumber(ref AsciiWriter writer, int startOfList, int number)
    {
        if (writer.Length > startOfList)
        {
            writer.Append((byte)'-');
        }

        writer.AppendDecimal(number);
    }
}
