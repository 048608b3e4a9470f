using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>supported_groups (RFC 8446 §4.2.7, RFC 8422 §5.1.1): named groups in the client's order, GREASE included.</summary>
public static class SupportedGroups
{
    /// <summary>False when the list does not fill the extension exactly.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out CodePoints groups)
    {
        WireReader reader = new(body);
        bool wellFormed = reader.TryReadVector16(out ReadOnlySpan<byte> list) && reader.IsEmpty;
        groups = new CodePoints(wellFormed ? list : default);
        return wellFormed;
    }
}
