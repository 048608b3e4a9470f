using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// Decodes the ASN.1 string types. What does not follow its type becomes U+FFFD or is taken for UTF-8, else for Latin-1; control characters stay.
/// </summary>
internal static class DirectoryText
{
    private const char Replacement = '\uFFFD';

    private static readonly AsciiSet Printable = new(" '()*&+,-./0123456789:=?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly AsciiSet Numeric = new(" 0123456789");

    /// <summary>
    /// False: not a string type. Not more than <see cref="CertificateBounds.MaxTextBytes"/> are decoded. <paramref name="field"/> is set when the text
    /// does not follow its type, Truncated when it was cut.
    /// </summary>
    internal static bool TryDecode(
        byte tag, ReadOnlySpan<byte> encoded, CertificateAnomalies field, ref CertificateAnomalies anomalies, out string text)
    {
        bool isText = IsText(tag);
        text = isText ? Decode(tag, Cut(tag, encoded, ref anomalies), field, ref anomalies) : "";
        return isText;
    }

    /// <summary>IA5String contents, as of an alternative name.</summary>
    internal static string DecodeAscii(ReadOnlySpan<byte> encoded, CertificateAnomalies field, ref CertificateAnomalies anomalies)
    {
        TryDecode(DerTag.Ia5String, encoded, field, ref anomalies, out string text);
        return text;
    }

    private static bool IsText(byte tag) => tag is DerTag.Utf8String or DerTag.PrintableString or DerTag.Ia5String or DerTag.NumericString
        or DerTag.T61String or DerTag.BmpString or DerTag.UniversalString or DerTag.VisibleString;

    private static ReadOnlySpan<byte> Cut(byte tag, ReadOnlySpan<byte> encoded, ref CertificateAnomalies anomalies)
    {
        int length = CertificateBounds.MaxTextBytes;
        if (encoded.Length <= length)
        {
            return encoded;
        }

        anomalies |= CertificateAnomalies.Truncated;
        bool isWide = tag is DerTag.BmpString or DerTag.UniversalString;
        while (!isWide && length > CertificateBounds.MaxTextBytes - 4 && (encoded[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return encoded[..length];
    }

    private static string Decode(byte tag, ReadOnlySpan<byte> encoded, CertificateAnomalies field, ref CertificateAnomalies anomalies)
    {
        string text = tag switch
        {
            DerTag.Utf8String => Encoding.UTF8.GetString(encoded),
            DerTag.BmpString => DecodeBmp(encoded),
            DerTag.UniversalString => DecodeUniversal(encoded),
            _ => Utf8.IsValid(encoded) ? Encoding.UTF8.GetString(encoded) : Encoding.Latin1.GetString(encoded),
        };
        if (!Follows(tag, encoded, text))
        {
            anomalies |= field;
        }

        return text;
    }

    private static bool Follows(byte tag, ReadOnlySpan<byte> encoded, string text) => tag switch
    {
        DerTag.Utf8String => Utf8.IsValid(encoded),
        DerTag.PrintableString => Printable.HasAll(text),
        DerTag.NumericString => Numeric.HasAll(text),
        DerTag.Ia5String or DerTag.VisibleString => Ascii.IsValid(encoded),
        DerTag.BmpString or DerTag.UniversalString => !text.Contains(Replacement),
        _ => true,
    };

    /// <summary>UTF-16, big-endian, as written in practice; a terminating NUL pair is left out as Go does.</summary>
    private static string DecodeBmp(ReadOnlySpan<byte> encoded)
    {
        string text = Encoding.BigEndianUnicode.GetString(encoded);
        return text.EndsWith('\0') ? text[..^1] : text;
    }

    private static string DecodeUniversal(ReadOnlySpan<byte> encoded)
    {
        var text = new StringBuilder(encoded.Length / 4);
        for (; encoded.Length >= 4; encoded = encoded[4..])
        {
            uint value = BinaryPrimitives.ReadUInt32BigEndian(encoded);
            text.Append(Rune.IsValid(value) ? new Rune(value).ToString() : Replacement.ToString());
        }

        return encoded.IsEmpty ? text.ToString() : text.Append(Replacement).ToString();
    }
}
