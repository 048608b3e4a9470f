using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>cert_type (RFC 6091 §3.1): a server's one type, or a client's list of types, one byte each.</summary>
public static class CertificateType
{
    /// <summary>False for an empty extension. A list that claims more than there is holds what is there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> types)
    {
        types = body;
        WireReader reader = new(body);
        if (body.Length > 1 && reader.TryReadByte(out byte length))
        {
            types = reader.Remaining[..Math.Min(length, reader.Remaining.Length)];
        }

        return !body.IsEmpty;
    }
}
