using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>compress_certificate (RFC 8879 §3): algorithms for compressed certificates.</summary>
public static class CompressCertificate
{
    /// <summary>False when the list does not fill the extension exactly.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out CodePoints algorithms)
    {
        WireReader reader = new(body);
        bool wellFormed = reader.TryReadVector8(out ReadOnlySpan<byte> list) && reader.IsEmpty;
        algorithms = new CodePoints(wellFormed ? list : default);
        return wellFormed;
    }
}
