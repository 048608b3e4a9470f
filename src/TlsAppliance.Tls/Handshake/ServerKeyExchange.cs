using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// ServerKeyExchange of an ECDHE suite (RFC 8422 §5.4): <c>curve_type</c> 1, <c>namedcurve</c> 2, then the public point. With a pre-shared key an
/// identity hint 2+n stands in front (RFC 5489 §2).
/// </summary>
internal static class ServerKeyExchange
{
    private const byte NamedCurve = 3;

    /// <summary>The curve, or <see cref="NamedGroup.None"/> when the suite has none or it is not a named one.</summary>
    public static NamedGroup ReadGroup(ReadOnlySpan<byte> body, CipherSuite suite)
    {
        ReadOnlySpan<byte> name = CipherSuites.Utf8Name((ushort)suite);
        if (!name.StartsWith("TLS_ECDH"u8))
        {
            return NamedGroup.None;
        }

        WireReader reader = new(body);
        if (name.IndexOf("_PSK_"u8) >= 0 && !reader.TryReadVector16(out _))
        {
            return NamedGroup.None;
        }

        return reader.TryReadByte(out byte curveType) && curveType == NamedCurve && reader.TryReadUInt16(out ushort curve)
            ? (NamedGroup)curve
            : NamedGroup.None;
    }
}
