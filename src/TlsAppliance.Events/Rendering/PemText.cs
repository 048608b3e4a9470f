using System.Buffers.Text;

namespace TlsAppliance.Events.Rendering;

/// <summary>A certificate in PEM form (RFC 7468 §5.1) as a JSON string: 64 columns, escaped line feeds, one at the end.</summary>
internal static class PemText
{
    private const int BytesPerLine = 48;

    private static ReadOnlySpan<byte> Begin => "\"-----BEGIN CERTIFICATE-----\\n"u8;

    private static ReadOnlySpan<byte> End => "-----END CERTIFICATE-----\\n\""u8;

    private static ReadOnlySpan<byte> LineEnd => "\\n"u8;

    internal static byte[] ToJson(ReadOnlySpan<byte> der)
    {
        int lines = (der.Length + BytesPerLine - 1) / BytesPerLine;
        byte[] json = new byte[Begin.Length + Base64.GetMaxEncodedToUtf8Length(der.Length) + (lines * LineEnd.Length) + End.Length];
        Begin.CopyTo(json);
        int written = Begin.Length;
        for (int start = 0; start < der.Length; start += BytesPerLine)
        {
            Base64.EncodeToUtf8(der.Slice(start, Math.Min(BytesPerLine, der.Length - start)), json.AsSpan(written), out _, out int characters);
            written += characters;
            LineEnd.CopyTo(json.AsSpan(written));
            written += LineEnd.Length;
        }

        End.CopyTo(json.AsSpan(written));
        return json;
    }
}
