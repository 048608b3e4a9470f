using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// CertificateStatus message (RFC 6066 §8): <c>status_type</c> 1, <c>response</c> 3+n. The response is an OCSPResponse (RFC 6960 §4.2.1): a SEQUENCE
/// that begins with the ENUMERATED responseStatus.
/// </summary>
internal static class CertificateStatus
{
    private const byte Sequence = 0x30;
    private const byte Enumerated = 0x0A;
    private const byte LongForm = 0x80;

    /// <summary>The responseStatus; false when it is not there. The first bytes of the message are enough.</summary>
    public static bool TryReadOcspStatus(ReadOnlySpan<byte> body, out byte status)
    {
        status = 0;
        WireReader reader = new(body);
        return reader.TryReadByte(out byte type) && type == StatusRequest.Ocsp
            && reader.TryReadUInt24(out _)
            && reader.TryReadByte(out byte outer) && outer == Sequence && TrySkipLength(ref reader)
            && reader.TryReadByte(out byte inner) && inner == Enumerated
            && reader.TryReadByte(out byte length) && length == 1
            && reader.TryReadByte(out status);
    }

    /// <summary>Short form, or long form of any size (X.690 §8.1.3).</summary>
    private static bool TrySkipLength(ref WireReader reader) =>
        reader.TryReadByte(out byte first) && (first < LongForm || reader.TryReadBytes(first & ~LongForm, out _));
}
