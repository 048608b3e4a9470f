using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>record_size_limit (RFC 8449 §4): the largest record, in bytes, that the sender takes.</summary>
public static class RecordSizeLimit
{
    /// <summary>False when the extension is not exactly two bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ushort limit)
    {
        WireReader reader = new(body);
        return reader.TryReadUInt16(out limit) && reader.IsEmpty;
    }
}
