using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>signature_algorithms, signature_algorithms_cert (RFC 8446 §4.2.3) and delegated_credential (RFC 9345 §4.1): signature schemes, GREASE included.</summary>
public static class SignatureAlgorithms
{
    /// <summary>False when the list does not fill the extension exactly.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out CodePoints schemes)
    {
        WireReader reader = new(body);
        bool wellFormed = reader.TryReadVector16(out ReadOnlySpan<byte> list) && reader.IsEmpty;
        schemes = new CodePoints(wellFormed ? list : default);
        return wellFormed;
    }
}
