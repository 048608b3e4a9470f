using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>psk_key_exchange_modes (RFC 8446 §4.2.9): one byte per mode, 0 psk_ke, 1 psk_dhe_ke.</summary>
public static class PskKeyExchangeModes
{
    /// <summary>False when the list does not fill the extension exactly.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> modes)
    {
        WireReader reader = new(body);
        bool wellFormed = reader.TryReadVector8(out modes) && reader.IsEmpty;
        modes = wellFormed ? modes : default;
        return wellFormed;
    }
}
