namespace TlsAppliance.Tls.Extensions;

/// <summary>max_fragment_length (RFC 6066 §4): one byte, 1 to 4 for 2^9 to 2^12.</summary>
public static class MaxFragmentLength
{
    /// <summary>False when the extension is not exactly one byte.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out byte code)
    {
        bool wellFormed = body.Length == 1;
        code = wellFormed ? body[0] : (byte)0;
        return wellFormed;
    }
}
