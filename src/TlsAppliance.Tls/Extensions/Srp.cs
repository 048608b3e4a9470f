using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>srp (RFC 5054 §2.8.1): the user's name, sent in the clear.</summary>
public static class Srp
{
    /// <summary>False when the name is longer than the extension.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> userName)
    {
        WireReader reader = new(body);
        return reader.TryReadVector8(out userName);
    }
}
