using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>Supported Point Formats, ec_point_formats (RFC 8422 §5.1.2): one byte per format.</summary>
public static class SupportedPointFormats
{
    /// <summary>False when the list does not fill the extension exactly.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> formats)
    {
        WireReader reader = new(body);
        bool wellFormed = reader.TryReadVector8(out formats) && reader.IsEmpty;
        formats = wellFormed ? formats : default;
        return wellFormed;
    }
}
